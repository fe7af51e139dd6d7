// Begins a step: counts it, sets its learning rate, and takes its input.

/// [row][network][2 * inputs]: the input, then the target.
@group(1) @binding(0) var<storage, read> rows: array<f32>;
/// [row][network][RECORD], see loss.wgsl.
@group(1) @binding(1) var<storage, read_write> records: array<f32>;

fn row_start(inputs: u32) -> u32 {
  return (clocks[network].row * NETWORKS + network) * 2u * inputs;
}

/// The learning rate of the `t`th step that learns: it rises over the warm-up, and falls as 1 / (1 + t / decay) does.
fn scheduled_rate(live: Live, t: f32) -> f32 {
  var rate = live.learning_rate;
  if (live.decay > 0.0) {
    rate *= live.final_rate + (1.0 - live.final_rate) / (1.0 + t / live.decay);
  }
  if (live.warmup > 0.0) {
    rate *= min(1.0, t / live.warmup);
  }
  return rate;
}

/// No `reach`: a prediction is fed back whatever it is.
const BOUNDLESS = 0xffffffffu;

/// input [inputs] = the row's, or in free run the last prediction, which is kept within `reach` [inputs] then: the largest
/// magnitude of each input while the network learned. One group.
fn begin_step(inputs: u32, input: u32, prediction: u32, reach: u32, lane: u32) {
  let row = row_start(inputs);
  let runs_free = lives[network].free_run == 1u;
  let learns = lives[network].learning == 1u && !runs_free;
  for (var block = lane; block < (inputs + 3u) / 4u; block += LANES) {
    var value = unit(prediction + block);
    if (!runs_free) {
      value = vec4f();
      for (var i = block * 4u; i < min(block * 4u + 4u, inputs); i++) {
        value[i % 4u] = rows[row + i];
      }
    }
    if (reach != BOUNDLESS) {
      let bound = unit(reach + block);
      if (runs_free) {
        value = clamp(value, -bound, bound);
      } else if (learns) {
        set_unit(reach + block, max(bound, abs(value)));
      }
    }
    set_unit(input + block, value);
  }
  if (lane == 0u) {
    let live = lives[network];
    var clock = clocks[network];
    clock.step++;
    clock.learning = select(0u, 1u, learns);
    if (clock.learning == 1u) {
      clock.updates++;
      clock.correction1 += (1.0 - clock.correction1) * live.one_minus_beta1;
      clock.correction2 += (1.0 - clock.correction2) * live.one_minus_beta2;
    }
    clock.learning_rate = scheduled_rate(live, f32(clock.updates));
    clock.step_scale = 1.0;
    clocks[network] = clock;
  }
}
