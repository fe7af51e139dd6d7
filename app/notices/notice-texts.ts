import type { EngineChoice } from '../../engine/engine-choice.ts';
import type { NetworkConfig, Settings } from '../../engine/model/config.ts';
import type { AddressProblem } from '../address/settings-link.ts';
import { locale } from '../shared/locale.ts';
import type { Notice } from '../state/run.ts';
import type { Report } from '../worker/protocol.ts';

const count = new Intl.NumberFormat(locale);

const onCpu = 'The network trains on the CPU instead, with the same results.';

/** What kept the GPU from running, by the problem's name: what it is called and what to do about it. */
const gpuProblems: Record<string, { title: string; text: string; tone: Notice['tone'] }> = {
  NoWebGpuError: {
    title: 'This browser has no WebGPU',
    text: `${onCpu} For the GPU, use a current Chrome, Edge, Safari or Firefox, or turn WebGPU on in the browser’s settings.`,
    tone: 'warning',
  },
  InsecureContextError: {
    title: 'WebGPU needs a secure page',
    text: `${onCpu} For the GPU, open this page over https, or from localhost.`,
    tone: 'warning',
  },
  NoAdapterError: {
    title: 'No GPU was found',
    text: `${onCpu} For the GPU, turn on hardware acceleration in the browser’s settings, update the graphics driver, or restart the browser.`,
    tone: 'warning',
  },
  SoftwareAdapter: {
    title: 'There is no real GPU here',
    text: 'The browser offers only a CPU that imitates one, which is slower than the CPU engine: so the network trains on that, with the same results.',
    tone: 'info',
  },
  DeviceLostError: {
    title: 'The GPU was lost',
    text: onCpu,
    tone: 'warning',
  },
  ShaderError: {
    title: 'The GPU’s driver refused a shader',
    text: `${onCpu} An update of the browser or of the graphics driver may help.`,
    tone: 'warning',
  },
};

const problemOf = ({ name, message }: { name: string; message: string }) =>
  gpuProblems[name] ?? {
    title: name === 'OutOfMemoryError' ? 'The network does not fit on the GPU' : 'The GPU cannot be used',
    // How large the network is, and what to lower.
    text: `${message} ${onCpu}`,
    tone: 'warning' as const,
  };

/** Why a run did not start on the GPU; null where nothing kept it from doing so. */
export function engineNotice({ problem }: EngineChoice, tryGpu: () => void): Notice | null {
  if (!problem) return null;
  const notice: Notice = { id: 'engine', ...problemOf(problem) };
  return problem.name === 'DeviceLostError' ? { ...notice, action: again(tryGpu) } : notice;
}

const again = (run: () => void) => ({ label: 'Try the GPU again', run });

/** A run that goes on in another network. */
export function moved(
  { choice: { problem }, step, why }: Extract<Report, { kind: 'moved' }>,
  tryGpu: () => void,
): Notice {
  const at = `step ${count.format(step)}`;
  const about = { id: 'engine', tone: 'info' } as const;
  if (why === 'asked')
    return { ...about, title: 'Back on the GPU', text: `The run goes on there from ${at}.` };
  if (!problem)
    return {
      ...about,
      title: 'The GPU was lost, and is back',
      text: `Training went on from ${at} on the GPU. If it is lost again soon, the CPU takes over.`,
    };
  return {
    ...about,
    tone: 'warning',
    title: problemOf(problem).title,
    text: `Training went on from ${at} on the CPU, with the same results.`,
    action: again(tryGpu),
  };
}

/** The GPU was to be used again, and cannot be. */
export const stillOnCpu = (problem: { name: string; message: string }, tryGpu: () => void): Notice => ({
  id: 'engine',
  ...problemOf(problem),
  ...(problem.name === 'NoAdapterError' ? { title: 'The GPU is not back', text: notBack } : {}),
  action: again(tryGpu),
});

// Measured in Chromium.
const notBack =
  'The run goes on on the CPU. After a GPU was lost twice a browser may keep it from pages for two minutes: try again then, or restart the browser.';

const figure = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 });

const smaller = (optimizer: string) => ` ${optimizer} needs a smaller rate than SGD.`;
const advice = { sgd: '', momentum: smaller('Momentum'), rmsprop: smaller('RMSProp'), adam: smaller('Adam') };

function adviceOn({ optimizer, learningRate }: NetworkConfig): string {
  if (optimizer !== 'normalised') return advice[optimizer];
  // An error e leaves (1 − rate)·e.
  return learningRate > 2 ? ' Above 2, a normalised step leaves a larger error than it found.' : '';
}

export function diverged(
  { step, loss, good }: Extract<Report, { kind: 'diverged' }>,
  { network }: Settings,
  goBack: () => void,
): Notice {
  const what = Number.isFinite(loss)
    ? `The loss, ${figure.format(loss)} over the last 200 steps, is more than 100 times that of repeating the last value`
    : 'The error grew beyond all numbers';
  const clip = network.errorClip === 0 ? ' An error clip would help, too.' : '';
  return {
    id: 'diverged',
    tone: 'error',
    title: `Diverged at step ${count.format(step)}`,
    text: `${what}, so training is paused. The learning rate, ${figure.format(network.learningRate)}, is probably too large.${clip}${adviceOn(network)} The last good state is that of step ${count.format(good)}.`,
    action: { label: 'Go back and halve the learning rate', run: goBack },
  };
}

export const wentBack = (step: number, { network }: Settings): Notice => ({
  id: 'went-back',
  tone: 'info',
  title: `Back at step ${count.format(step)}`,
  text: `Training goes on from there with half the learning rate, ${figure.format(network.learningRate)}.`,
});

/** Something the worker did not do. */
export function refused(
  what: Exclude<Extract<Report, { kind: 'refused' }>['what'], 'engine'>,
  name: string,
  message: string,
  running: boolean,
): Notice {
  const goesOn = running ? ' The network that was there before goes on.' : '';
  if (what === 'file')
    return { id: 'file', tone: 'error', title: 'The file was refused', text: `${message}${goesOn}` };
  if (what === 'download')
    return { id: 'download', tone: 'error', title: 'The file was not made', text: message };
  if (what === 'stored run')
    return { id: 'file', tone: 'error', title: 'That run cannot go on here', text: `${message}${goesOn}` };
  if (what === 'setting')
    return { id: 'setting', tone: 'error', title: 'The setting was refused', text: message };
  const titles: Record<string, string> = {
    ConfigError: 'These settings were refused',
    OutOfMemoryError: 'There is too little memory for this network',
    DeviceLostError: 'The GPU was lost',
  };
  return {
    id: 'run',
    tone: 'error',
    title: titles[name] ?? 'Something went wrong',
    text: name === 'DeviceLostError' ? message : `${message}${goesOn}`,
  };
}

export const resumed = (fileName: string, step: number): Notice => ({
  id: 'resumed',
  tone: 'info',
  title: `Resumed from ${fileName}`,
  text: `The network goes on from step ${count.format(step)}.`,
});

export const workerFailed = (message: string): Notice => ({
  id: 'worker',
  tone: 'error',
  title: 'Training stopped',
  text: `The part of the page that trains has failed${message ? `: ${message.replace(/\.?$/, '.')}` : '.'} Reload the page.`,
  action: { label: 'Reload', run: () => location.reload() },
});

const shorten = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
const mostProblems = 8;

/** All that was ignored of the page's address. */
export function addressProblems(problems: readonly AddressProblem[]): Notice {
  const told = problems.slice(0, mostProblems).map(({ parameter, value, reason }) => {
    const given = shorten(value);
    return `${shorten(parameter)}${given ? ` = “${given}”` : ''}: ${reason}.`;
  });
  const left = problems.length - told.length;
  return {
    id: 'address',
    tone: 'warning',
    title: 'Part of this link was ignored',
    text: [...told, ...(left > 0 ? [`And ${count.format(left)} more.`] : []), 'The rest of it holds.'].join(
      ' ',
    ),
  };
}
