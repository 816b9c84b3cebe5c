/** SHA-256 of a text in UTF-8, in hex. Given from outside: the core holds no cryptography of its own. */
export type Sha256 = (text: string) => string
