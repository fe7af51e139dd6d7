import { ShaderError } from '../errors.ts';
import { patiently } from './patience.ts';
import type { Shader, SourcePart } from './program.ts';

export const sourceOf = (shader: Shader): string => shader.parts.map(part => part.text).join('\n');

/** Compiles all entry points of a shader, side by side. @throws ShaderError with file, line and column */
export async function compile(
  device: GPUDevice,
  shader: Shader,
  bindGroupLayouts: readonly GPUBindGroupLayout[],
): Promise<GPUComputePipeline[]> {
  const layout = device.createPipelineLayout({
    label: shader.label,
    bindGroupLayouts: [...bindGroupLayouts],
  });
  device.pushErrorScope('validation');
  const module = device.createShaderModule({ label: shader.label, code: sourceOf(shader) });
  const [refused, { messages }] = await Promise.all([device.popErrorScope(), module.getCompilationInfo()]);
  const errors = messages.filter(message => message.type === 'error');
  const first = errors[0];
  if (first) throw new ShaderError(describe(shader.parts, first));
  if (refused) throw new ShaderError(`The GPU refused the ${shader.label} shader: ${refused.message}`);
  const compiling = Promise.all(
    shader.entryPoints.map(async ({ name, stages }) => {
      const phases = stages.flat().map(phase => phase.name);
      try {
        return await device.createComputePipelineAsync({
          label: phases.join(' + '),
          layout,
          compute: { module, entryPoint: name },
        });
      } catch (cause) {
        throw new ShaderError(`The GPU refused ${phases.join(' + ')}: ${(cause as Error).message}`, {
          cause,
        });
      }
    }),
  );
  return patiently(compiling);
}

/** A compiler's message as file:line:column, with the line itself. */
export function describe(
  parts: readonly SourcePart[],
  { lineNum, linePos, message }: Pick<GPUCompilationMessage, 'lineNum' | 'linePos' | 'message'>,
): string {
  let line = lineNum;
  for (const { name, text } of parts) {
    const lines = text.split('\n');
    if (line <= lines.length)
      return `${name}:${line}:${linePos}: ${message}\n${lines[line - 1]}\n${' '.repeat(Math.max(linePos - 1, 0))}^`;
    line -= lines.length;
  }
  return message;
}
