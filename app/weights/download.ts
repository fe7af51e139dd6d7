import type { Settings } from '../../engine/model/config.ts';
import { downloadFile } from '../shared/download-file.ts';

/** What files of a run are called, as in `deephtm-two-sines-10000`. */
export const fileStem = ({ signal }: Settings, step: number): string =>
  `deephtm-${signal.wave.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}-${step}`;

/** Of a network's own file. */
export const fileName = (settings: Settings, step: number, extension: string): string =>
  `${fileStem(settings, step)}.${extension}`;

/** Hands a network's file to the browser to keep. */
export const downloadNetwork = (bytes: Uint8Array<ArrayBuffer>, name: string): void =>
  downloadFile(new Blob([bytes], { type: 'application/octet-stream' }), name);
