import type { DataSetKind } from '#domain/benchmark-description.ts';

/** A program with what is known of it: its code, and its own tests where the data set has some. */
export type Program = { code: Uint8Array; tests: string | null };

/** A program that is not in memory yet. */
export type ProgramEntry = {
  /** A relative path that ends in `.py`, unique in its data set: in records, and as the file name of outputs. */
  name: string;
  /** SHA-256 of code and tests. */
  sha256: string;
  /** Rejects where it is not what it was when the data set was opened. */
  load(): Promise<Program>;
};

export type DataSet = {
  kind: DataSetKind;
  path: string;
  /** In the order in which they are measured. */
  entries: ProgramEntry[];
  /** Of all names and contents. */
  sha256: string;
};
