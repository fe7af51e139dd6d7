// How far a normalised step goes: with a rate of 1, it cancels the step's error to first order, as in normalised least mean
// squares (Haykin, Adaptive Filter Theory). Every gradient of memory and decoder is an outer product, so its size is known
// from deltas and activations, before any weight moves. What the unrolled step adds to the memory's gradient corrects
// another step's prediction, and does not count. One group.

/// This lane's part of |v|^2, of `size` vec4s.
fn units_norm(start: u32, size: u32, lane: u32) -> f32 {
  var sum = 0.0;
  for (var block = lane; block < size; block += LANES) {
    let value = unit(start + block);
    sum += dot(value, value);
  }
  return sum;
}

/// This lane's part of |v|^2, of `size` values.
fn scarce_norm(start: u32, size: u32, lane: u32) -> f32 {
  var sum = 0.0;
  for (var i = lane; i < size; i += LANES) {
    let value = scarce(start + i);
    sum += value * value;
  }
  return sum;
}

/// |dL/dW|^2 and |dL/db|^2 by their shares of the rate, from this lane's parts of |delta|^2 and |x|^2.
fn squared_gradient(layer: Dense, delta: f32, x: f32, lane: u32) -> f32 {
  let norms = sum_of_slices(vec4f(delta, x, 0.0, 0.0), LANES, 1u, lane);
  return rate_share(layer.part) * norms.x * (norms.y + lives[network].bias_rate);
}

fn dense_squared_gradient(layer: Dense, x: u32, lane: u32) -> f32 {
  let delta = units_norm(layer.delta, layer.outputs4, lane);
  return squared_gradient(layer, delta, units_norm(x, layer.inputs4, lane), lane);
}

fn cells_squared_gradient(layer: Dense, active_cells: ActiveCells, lane: u32) -> f32 {
  let delta = units_norm(layer.delta, layer.outputs4, lane);
  return squared_gradient(layer, delta, scarce_norm(active_cells.values, active_cells.count, lane), lane);
}

/// `error` is dL/dy, `gradient` the sum over all layers' terms.
fn set_step_scale(inputs: u32, error: u32, gradient: f32, lane: u32) {
  if (lane > 0u) {
    return;
  }
  var squared_error = 0.0;
  for (var block = 0u; block < (inputs + 3u) / 4u; block++) {
    let value = unit(error + block);
    squared_error += dot(value, value);
  }
  var scale = 0.0;
  if (squared_error > 0.0) {
    scale = 0.5 * f32(inputs) / (lives[network].epsilon + gradient / squared_error);
  }
  clocks[network].step_scale = scale;
}
