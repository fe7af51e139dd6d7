// Fully connected layers: z = W x + b, forward, backward and update.
//
// W is cut into blocks of four inputs by four outputs. A vec4 holds the weights from the four inputs to one output, and the
// vec4s of a block lie `outputs4` apart, so that those of neighbouring outputs lie together: [in / 4][out % 4][out / 4].
// (Layers that the temporal memory's cells lead to need single inputs, and are stored [in][out]; see cells.wgsl.)
//
// A lane owns a block's four outputs (forward) or four inputs (backward); where there are more lanes than blocks, `slices`
// lanes share them, see sums.wgsl.

struct Dense {
  inputs4: u32,
  outputs4: u32,
  /// In `weights`.
  weight: u32,
  bias: u32,
  /// dL/dz, in `units`.
  delta: u32,
  forward_slices: u32,
  backward_slices: u32,
  /// SLOW, MEMORY or DECODER: decides its rate.
  part: u32,
  /// Whether W learns on the way back, where it is read anyway.
  learns_backward: bool,
}

/// The four outputs that a lane works on forward.
fn forward_block(layer: Dense, group: u32, lane: u32) -> u32 {
  let blocks = LANES / layer.forward_slices;
  return group * blocks + lane % blocks;
}

/// Whether it is up to this lane to go on with the sum.
fn owns_forward_block(layer: Dense, group: u32, lane: u32) -> bool {
  return lane < LANES / layer.forward_slices && forward_block(layer, group, lane) < layer.outputs4;
}

/// W x + b of this lane's block, for its owner.
fn dense_sum(layer: Dense, x: u32, group: u32, lane: u32) -> vec4f {
  let block = forward_block(layer, group, lane);
  let blocks = LANES / layer.forward_slices;
  var sum = vec4f();
  if (block < layer.outputs4) {
    let stride = layer.outputs4;
    for (var i = lane / blocks; i < layer.inputs4; i += layer.forward_slices) {
      let value = unit(x + i);
      let at = network * WEIGHTS + layer.weight + i * 4u * stride + block;
      sum.x += dot(value, weights[at]);
      sum.y += dot(value, weights[at + stride]);
      sum.z += dot(value, weights[at + 2u * stride]);
      sum.w += dot(value, weights[at + 3u * stride]);
    }
    if (lane < blocks) {
      sum += weights[network * WEIGHTS + layer.bias + block];
    }
  }
  return sum_of_slices(sum, layer.forward_slices, blocks, lane);
}

/// y = relu(W x + b)
fn dense_relu(layer: Dense, x: u32, y: u32, group: u32, lane: u32) {
  let sum = dense_sum(layer, x, group, lane);
  if (owns_forward_block(layer, group, lane)) {
    set_unit(y + forward_block(layer, group, lane), max(sum, vec4f()));
  }
}

/// y = W x + b
fn dense_linear(layer: Dense, x: u32, y: u32, group: u32, lane: u32) {
  let sum = dense_sum(layer, x, group, lane);
  if (owns_forward_block(layer, group, lane)) {
    set_unit(y + forward_block(layer, group, lane), sum);
  }
}

/// y = base + W x + b. Nothing learns from the base.
fn dense_change(layer: Dense, x: u32, base: u32, y: u32, group: u32, lane: u32) {
  let sum = dense_sum(layer, x, group, lane);
  if (owns_forward_block(layer, group, lane)) {
    let block = forward_block(layer, group, lane);
    set_unit(y + block, unit(base + block) + sum);
  }
}

/// The four inputs that a lane works on backward.
fn backward_block(layer: Dense, group: u32, lane: u32) -> u32 {
  return group * (LANES / layer.backward_slices) + lane / layer.backward_slices;
}

fn begin_descent_backward(layer: Dense) -> Descent {
  var descent = begin_descent(weight_rate(layer.part));
  descent.learns = descent.learns && layer.learns_backward;
  return descent;
}

/// The weights from four inputs to one output: learns them, and returns their part of dL/dx as it was before.
fn weights_backward(at: u32, x: vec4f, delta: f32, descent: Descent) -> vec4f {
  // A unit at rest passes nothing on; and unless the optimiser has a memory, its weights stay.
  if (delta == 0.0 && !UPDATES_ALL) {
    return vec4f();
  }
  let weight = weights[at];
  if (descent.learns) {
    descend(at, weight, delta * x, descent);
  }
  return delta * weight;
}

/// Learns W on the way, and returns dL/dx of this lane's block, for its first lane.
fn dense_inputs_backward(layer: Dense, x: u32, group: u32, lane: u32) -> vec4f {
  let block = backward_block(layer, group, lane);
  let descent = begin_descent_backward(layer);
  var sum = vec4f();
  if (block < layer.inputs4) {
    let value = unit(x + block);
    let stride = layer.outputs4;
    let row = network * WEIGHTS + layer.weight + block * 4u * stride;
    for (var o = lane % layer.backward_slices; o < stride; o += layer.backward_slices) {
      let delta = unit(layer.delta + o);
      sum += weights_backward(row + o, value, delta.x, descent);
      sum += weights_backward(row + o + stride, value, delta.y, descent);
      sum += weights_backward(row + o + 2u * stride, value, delta.z, descent);
      sum += weights_backward(row + o + 3u * stride, value, delta.w, descent);
    }
  }
  return sum_of_slices(sum, layer.backward_slices, 1u, lane);
}

/// Learns W on the way; delta_x = W^T delta where the unit x = relu(...) is on, else 0.
fn dense_backward(layer: Dense, x: u32, delta_x: u32, group: u32, lane: u32) {
  let block = backward_block(layer, group, lane);
  let sum = dense_inputs_backward(layer, x, group, lane);
  if (block < layer.inputs4 && lane % layer.backward_slices == 0u) {
    set_unit(delta_x + block, select(vec4f(), sum, unit(x + block) > vec4f()));
  }
}

/// Learns W of a layer that nothing learned lies before: few inputs, so the outputs are dealt out.
fn dense_update(layer: Dense, x: u32, group: u32, lane: u32) {
  let descent = begin_descent(weight_rate(layer.part));
  if (!descent.learns) {
    return;
  }
  for (var o = first_item(group, lane); o < end_of_items(group, layer.outputs4); o += LANES) {
    let delta = unit(layer.delta + o);
    for (var block = 0u; block < layer.inputs4; block++) {
      block_descend(layer, x, block, o, delta, descent);
    }
  }
}

/// Learns W where there is a gradient, with dense_backward's share of the work.
fn dense_descend(layer: Dense, x: u32, group: u32, lane: u32) {
  let block = backward_block(layer, group, lane);
  let descent = begin_descent(weight_rate(layer.part));
  if (block >= layer.inputs4 || !descent.learns) {
    return;
  }
  for (var o = lane % layer.backward_slices; o < layer.outputs4; o += layer.backward_slices) {
    block_descend(layer, x, block, o, unit(layer.delta + o), descent);
  }
}

/// Learns the weights from four inputs to four outputs.
fn block_descend(layer: Dense, x: u32, block: u32, outputs: u32, delta: vec4f, descent: Descent) {
  let value = unit(x + block);
  let at = network * WEIGHTS + layer.weight + block * 4u * layer.outputs4 + outputs;
  for (var i = 0u; i < 4u; i++) {
    if (delta[i] != 0.0 || UPDATES_ALL) {
      descend(at + i * layer.outputs4, weights[at + i * layer.outputs4], delta[i] * value, descent);
    }
  }
}

fn bias_update(layer: Dense, group: u32, lane: u32) {
  let descent = begin_descent(bias_rate(layer.part));
  if (!descent.learns) {
    return;
  }
  for (var block = first_item(group, lane); block < end_of_items(group, layer.outputs4); block += LANES) {
    let at = network * WEIGHTS + layer.bias + block;
    descend(at, weights[at], unit(layer.delta + block), descent);
  }
}
