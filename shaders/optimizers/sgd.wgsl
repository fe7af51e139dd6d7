/// Whether weights without a gradient move too.
const UPDATES_ALL = false;

fn descend(at: u32, weight: vec4f, gradient: vec4f, rate: f32) {
  weights[at] = weight - rate * gradient;
}
