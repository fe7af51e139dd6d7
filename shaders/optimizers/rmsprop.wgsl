@group(0) @binding(6) var<storage, read_write> second_moments: array<vec4f>;

/// Whether weights without a gradient move too; here, their moments do.
const UPDATES_ALL = true;

fn descend(at: u32, weight: vec4f, gradient: vec4f, rate: f32) {
  let live = lives[network];
  let moment = live.beta2 * second_moments[at] + live.one_minus_beta2 * gradient * gradient;
  second_moments[at] = moment;
  weights[at] = weight - rate * gradient / (sqrt(moment) + live.epsilon);
}
