import type { Settings } from '../../engine/model/config.ts';
import { downloadFile } from '../shared/download-file.ts';

/** As in `deephtm-two-sines-10000.safetensors`. */
export const fileName = ({ signal }: Settings, step: number, extension: string): string =>
  `deephtm-${signal.wave.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}-${step}.${extension}`;

/** Hands a network's file to the browser to keep. */
export const downloadNetwork = (bytes: Uint8Array<ArrayBuffer>, name: string): void =>
  downloadFile(new Blob([bytes], { type: 'application/octet-stream' }), name);
