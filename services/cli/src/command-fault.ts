/** A fault of the person's making or of the machine's, told in words and without a trace. */
export class CommandFault extends Error {}
