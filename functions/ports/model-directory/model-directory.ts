import { findLocalServers, type LocalServer } from '../code-model/local-servers.ts';

/** Which servers of models a person can be offered without naming one. */
export type ModelDirectory = {
  /** Whether runs may call servers of this machine, and http ones. */
  callsLocalServers: boolean;
  /** The servers found now; none is no error. Never rejects. */
  find(): Promise<LocalServer[]>;
};

/** The servers that listen on this machine. */
export function createLocalModelDirectory(): ModelDirectory {
  return { callsLocalServers: true, find: () => findLocalServers() };
}

/** Where nobody's machine is ours to look at, such as in a cloud. */
export const noModelDirectory: ModelDirectory = { callsLocalServers: false, find: async () => [] };
