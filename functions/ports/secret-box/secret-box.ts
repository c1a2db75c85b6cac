/** What a secret is bound to: it opens only for the same run and host. */
export type SecretContext = {
  runId: string;
  /** Host and port of the server that the secret is for. */
  host: string;
};

/** Seals short secrets, such as a user's key, so that they can be kept until a step needs them. */
export type SecretBox = {
  /** Returns the sealed secret as base64. Rejects with SecretUnavailableError where there is no key to seal with. */
  seal(secret: string, context: SecretContext): Promise<string>;
  /** Rejects with SecretUnavailableError for another context, a changed text or another key; never says which. */
  open(sealed: string, context: SecretContext): Promise<string>;
};
