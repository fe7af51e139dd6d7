@group(0) @binding(6) var<storage, read_write> second_moments: array<vec4f, NETWORKS * WEIGHTS>;

/// Whether weights without a gradient move too; here, their moments do.
const UPDATES_ALL = true;

/// What a lane needs to know to learn. Encoder and pooler are slowed down.
struct Descent {
  learns: bool,
  rate: f32,
  beta2: f32,
  one_minus_beta2: f32,
  epsilon: f32,
}

fn begin_descent(slowed: bool) -> Descent {
  let live = lives[network];
  let rate = clocks[network].learning_rate * select(1.0, live.encoder_rate, slowed);
  return Descent(learning(), rate, live.beta2, live.one_minus_beta2, live.epsilon);
}

fn descend(at: u32, weight: vec4f, gradient: vec4f, descent: Descent) {
  let moment = descent.beta2 * second_moments[at] + descent.one_minus_beta2 * gradient * gradient;
  second_moments[at] = moment;
  weights[at] = weight - descent.rate * gradient / (sqrt(moment) + descent.epsilon);
}
