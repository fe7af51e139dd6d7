import { Cpu, Gpu } from 'lucide-react';
import { Popover } from 'radix-ui';
import type { DriverRequest, EngineChoice, EngineRequest } from '../../engine/engine-choice.ts';
import { useRun } from '../state/run.ts';

const reasons: Record<EngineChoice['reason'], string> = {
  asked: 'The page’s address asks for this engine.',
  hardware: 'There is a real GPU, so all of the network runs on it, in WebGPU compute shaders.',
  'software-adapter':
    'The only GPU that the browser offers is a CPU in disguise, which is slower than the CPU engine: so the CPU engine runs.',
  unavailable: 'The GPU cannot be used here, so the same network runs on the CPU.',
};

/** How a GPU takes the steps, and what to ask for to have it the other way. */
const drivers = {
  stream: { how: 'Steps go to it phase by phase', other: 'loop', offer: 'Try many steps in one dispatch' },
  loop: { how: 'It runs many steps in one dispatch', other: 'stream', offer: 'Try phase by phase' },
} as const;

const stages = { adapter: 'Looking for a GPU…', compiling: 'Compiling shaders…' };

/** The page as it is, with another engine: its address has the settings, and what it trained was kept. */
function onEngine(engine: EngineRequest, driver: DriverRequest = 'auto'): string {
  const query = new URLSearchParams(location.search);
  query.set('engine', engine);
  if (driver === 'auto') query.delete('driver');
  else query.set('driver', driver);
  return `?${query}`;
}

/** Which engine trains, and on request why. */
export function EngineBadge() {
  const choice = useRun(s => s.choice);
  const stage = useRun(s => s.stage);
  const status = useRun(s => s.status);
  const requested = useRun(s => s.requested);
  if (!choice || stage) {
    const told = requested === 'cpu' ? 'Starting…' : stages[stage ?? 'adapter'];
    return <span className="engine-stage">{status === 'failed' ? 'none' : told}</span>;
  }

  const { engine, adapter, driver, reason, problem } = choice;
  const Icon = engine === 'gpu' ? Gpu : Cpu;
  return (
    <Popover.Root>
      <Popover.Trigger className="engine-badge" aria-label={`Engine: ${nameOf(choice)}. Why?`}>
        <Icon size="0.875rem" aria-hidden />
        <span>{nameOf(choice)}</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="floating engine-why"
          sideOffset={8}
          collisionPadding={8}
          align="end"
          aria-label="Why this engine"
        >
          <p>
            <strong>
              {engine === 'gpu' ? `GPU: ${adapter.name}` : 'CPU, in TypeScript and WebAssembly'}
            </strong>
          </p>
          <p>{reasons[reason]}</p>
          {problem ? <p className="engine-problem">{problem.message}</p> : null}
          {driver ? (
            <p>
              {drivers[driver].how} (<i>{driver}</i>).{' '}
              <a href={onEngine('gpu', drivers[driver].other)}>{drivers[driver].offer}</a>
            </p>
          ) : null}
          <p>
            {engine === 'cpu' ? (
              <a href={onEngine('gpu')}>Try the GPU</a>
            ) : (
              <a href={onEngine('cpu')}>Try the CPU</a>
            )}
            {reason === 'asked' ? (
              <>
                {' · '}
                <a href={onEngine('auto')}>Let the page choose</a>
              </>
            ) : null}
          </p>
          <Popover.Arrow className="floating-arrow" />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

const nameOf = ({ engine, adapter }: EngineChoice): string =>
  engine === 'gpu' ? `GPU · ${adapter.name}` : 'CPU';
