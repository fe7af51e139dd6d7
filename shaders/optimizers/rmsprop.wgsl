@group(0) @binding(6) var<storage, read_write> second_moments: array<vec4f, NETWORKS * WEIGHTS>;

/// Whether weights without a gradient move too; here, their moments do.
const UPDATES_ALL = true;

/// What a lane needs to know to learn.
struct Descent {
  learns: bool,
  rate: f32,
  beta2: f32,
  one_minus_beta2: f32,
  epsilon: f32,
}

fn begin_descent(rate: f32) -> Descent {
  let live = lives[network];
  return Descent(learning(), rate, live.beta2, live.one_minus_beta2, live.epsilon);
}

fn descend(at: u32, weight: vec4f, gradient: vec4f, descent: Descent) {
  let moment = descent.beta2 * second_moments[at] + descent.one_minus_beta2 * gradient * gradient;
  second_moments[at] = moment;
  weights[at] = weight - descent.rate * gradient / (sqrt(moment) + descent.epsilon);
}

/// As descend with a gradient of 0: the weight stays.
fn rest(at: u32, descent: Descent) {
  second_moments[at] *= descent.beta2;
}
