import type { Settings } from '../../engine/model/config.ts';

/** As in `deephtm-two-sines-10000.safetensors`. */
export const weightsFileName = ({ signal }: Settings, step: number): string =>
  `deephtm-${signal.wave.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}-${step}.safetensors`;

/** Hands the bytes to the browser as a file to keep. */
export function downloadWeights(bytes: Uint8Array<ArrayBuffer>, settings: Settings, step: number): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = weightsFileName(settings, step);
  link.click();
  // The browser has to have begun before the address may go.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
