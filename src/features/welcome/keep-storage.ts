/** Asks the browser not to clear what is stored here when space runs short. It may refuse; the settings show what it said. */
export function keepStorage(): void {
  void navigator.storage?.persist()
}
