/** Whose request it is. */
export type Caller = {
  /** Whose runs it may see and make. */
  owner: string;
  /** For whom it is counted: not the owner where owners are free to come by. */
  payer: string;
  /** Hands the caller a session, where they have none or an old one. */
  setCookie?: string;
};
