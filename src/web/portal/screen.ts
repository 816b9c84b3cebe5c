/** What a screen is given: the last part of its address, where it is about one thing. */
export interface ScreenProps { readonly id: string }
