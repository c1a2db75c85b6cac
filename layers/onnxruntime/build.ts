import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The one system that the layer is for, as onnxruntime-node names its folders. */
const BINARIES = 'bin/napi-v6/linux/arm64';

/** What is loaded at run time; the rest is other systems' binaries and an installer with its dependencies. */
const PARTS = [
  'onnxruntime-node/package.json',
  'onnxruntime-node/dist',
  `onnxruntime-node/${BINARIES}`,
  'onnxruntime-common/package.json',
  'onnxruntime-common/dist/cjs',
];

/** ELF header: e_machine at byte 18 is 183 for AArch64 (include/uapi/linux/elf-em.h). */
const AARCH64 = 183;
const ELF = Buffer.from([0x7f, 0x45, 0x4c, 0x46]);

/**
 * Writes the content of the onnxruntime layer for Lambda on arm64 into a folder, from what npm installed.
 * Throws when a part is not there, or a binary is for another machine.
 */
export function buildOnnxruntimeLayer(nodeModules: string, folder: string): void {
  for (const part of PARTS) {
    cpSync(join(nodeModules, part), join(folder, 'nodejs/node_modules', part), {
      recursive: true,
      filter: (path) => !/\.(map|d\.ts)$/.test(path),
    });
  }
  for (const binary of ['libonnxruntime.so.1', 'onnxruntime_binding.node']) {
    const machine = elfMachine(readFileSync(join(nodeModules, 'onnxruntime-node', BINARIES, binary)));
    if (machine !== AARCH64) throw new Error(`${binary} is for ELF machine ${machine}, not for arm64`);
  }
}

/** The machine that an ELF file is for; null for another kind of file. */
export function elfMachine(file: Buffer): number | null {
  return file.subarray(0, 4).equals(ELF) ? file.readUInt16LE(18) : null;
}
