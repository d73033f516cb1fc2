/** A letter in plain text. */
export interface Letter {
  readonly to: { readonly name: string; readonly address: string }
  readonly subject: string
  readonly text: string
}

/** Where letters go out; a letter that was not taken throws. */
export interface Mail {
  send(letter: Letter): Promise<void>
}
