// planted: Export by name
export default function pause(): void {}
