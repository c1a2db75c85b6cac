/** What is counted, for whom, and how much of it there is in a window of time. */
export type QuotaRequest = {
  owner: string;
  /** A name of ours, such as `runs`. */
  counter: QuotaCounter;
  /** The most units in one window. */
  limit: number;
  /** Windows follow one another from the epoch on: 86,400 counts by UTC days. */
  windowSeconds: number;
  /** 1 unless told. */
  units?: number;
};

export type QuotaCounter = 'runs' | 'analyses' | 'checks' | 'model-tests' | 'shares';

/** Units that were taken, to be given back where nothing came of them. */
export type Reservation = { owner: string; counter: QuotaCounter; windowStart: number; units: number };

/** Counts what owners use, before it is used. */
export type Quota = {
  /**
   * Takes units out of the owner's current window. Rejects with QuotaExceededError, having taken nothing, where so
   * many are not left, and with StoreUnavailableError, so that nothing is given away uncounted.
   */
  reserve(request: QuotaRequest): Promise<Reservation>;
  /** Gives the units back. Rejects with StoreUnavailableError. */
  release(reservation: Reservation): Promise<void>;
};
