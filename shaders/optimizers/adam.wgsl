@group(0) @binding(5) var<storage, read_write> first_moments: array<vec4f>;
@group(0) @binding(6) var<storage, read_write> second_moments: array<vec4f>;

/// Whether weights without a gradient move too.
const UPDATES_ALL = true;

fn descend(at: u32, weight: vec4f, gradient: vec4f, rate: f32) {
  let live = lives[network];
  let clock = clocks[network];
  let first = live.beta1 * first_moments[at] + live.one_minus_beta1 * gradient;
  let second = live.beta2 * second_moments[at] + live.one_minus_beta2 * gradient * gradient;
  first_moments[at] = first;
  second_moments[at] = second;
  weights[at] = weight - rate * (first / clock.correction1) / (sqrt(second / clock.correction2) + live.epsilon);
}
