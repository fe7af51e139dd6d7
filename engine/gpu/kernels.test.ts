import { expect, test } from 'vitest';
import { meetEveryKernel, variants } from '../../test/kernel-settings.ts';
import { smallConfig } from '../../test/networks.ts';
import { type NetworkConfig, parseNetwork } from '../model/config.ts';
import { type Geometry, hardwareGeometry, softwareGeometry } from './geometry.ts';
import { compose, type Shader } from './program.ts';

/** Every function that the phases of a network call, and of those that move weights, the optimiser that they do it by. */
function kernelsOf(variant: Partial<NetworkConfig>, geometry: Geometry): string[] {
  const { step, recall, gradient } = compose(parseNetwork({ ...smallConfig, ...variant }), geometry);
  return [step, recall, gradient].flatMap(shader => {
    const optimizer = shader.parts.find(part => part.name.startsWith('shaders/optimizers/'))!.name;
    const moving = movers(shader);
    return shader.entryPoints
      .flatMap(({ stages }) => stages.flat())
      .map(({ call }) => /^\w+/.exec(call)![0])
      .map(kernel => (moving.has(kernel) ? `${kernel}, ${optimizer}` : kernel));
  });
}

/** The functions of a shader that call `descend` or `rest` in the end. */
function movers(shader: Shader): Set<string> {
  const bodies = shader.parts.flatMap(({ text }) =>
    text
      .split(/^fn /m)
      .slice(1)
      .map(body => ({ name: /^\w+/.exec(body)![0], calls: [...body.matchAll(/(\w+)\(/g)].map(m => m[1]!) })),
  );
  const moving = new Set(['descend', 'rest']);
  for (let before = 0; before < moving.size; ) {
    before = moving.size;
    for (const { name, calls } of bodies) if (calls.some(call => moving.has(call))) moving.add(name);
  }
  return moving;
}

/** Settings that decide which kernels there are, in every combination. */
function* combinations(): Generator<Partial<NetworkConfig>> {
  for (const optimizer of ['sgd', 'normalised', 'momentum', 'rmsprop', 'adam'] as const)
    for (const unroll of [0, 1, 2, 3])
      for (const readout of ['predictive', 'active'] as const)
        for (const prediction of ['value', 'change'] as const)
          for (const columns of [21, 300])
            for (const decoder of [[9], [9, 6], [9, 6, 7, 5]])
              yield { optimizer, unroll, readout, prediction, columns, decoder };
}

const cuts = { "a CPU's cut": softwareGeometry, "a GPU's cut": hardwareGeometry };
const all = (some: Iterable<Partial<NetworkConfig>>, geometry: Geometry) =>
  new Set([...some].flatMap(variant => kernelsOf(variant, geometry)));

test.each(Object.entries(cuts))(
  'the settings that are run in the page, too, meet every kernel: %s',
  (_, cut) => {
    const met = all(
      meetEveryKernel.map(name => variants[name]!),
      cut,
    );
    const there = all([...combinations(), ...Object.values(variants)], cut);
    expect(there.size).toBeGreaterThan(40);
    expect([...there].filter(kernel => !met.has(kernel))).toEqual([]);
  },
);
