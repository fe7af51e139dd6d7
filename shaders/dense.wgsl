// Fully connected layers: z = W x + b, forward, backward and update.
//
// W is stored [in][out]. A lane owns a block of four outputs (forward) or four inputs (backward); where there are more
// lanes than blocks, `slices` lanes share a block and their sums are added in order of the lanes.

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
  /// Learns at the encoder's rate.
  slowed: bool,
}

/// Adds what `slices` lanes found, `stride` lanes apart from each other. The sum is for the first of them.
fn sum_of_slices(own: vec4f, slices: u32, stride: u32, lane: u32) -> vec4f {
  var sum = own;
  if (slices > 1u) {
    partial[lane] = own;
    workgroupBarrier();
    if ((lane / stride) % slices == 0u) {
      for (var slice = 1u; slice < slices; slice++) {
        sum += partial[lane + slice * stride];
      }
    }
  }
  return sum;
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
      sum += value.x * weights[at];
      sum += value.y * weights[at + stride];
      sum += value.z * weights[at + 2u * stride];
      sum += value.w * weights[at + 3u * stride];
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

/// dL/dW of four outputs, for an input of value `x`.
fn dense_gradient(layer: Dense, x: f32, block: u32) -> vec4f {
  return x * unit(layer.delta + block);
}

/// The four inputs that a lane works on backward.
fn backward_block(layer: Dense, group: u32, lane: u32) -> u32 {
  return group * (LANES / layer.backward_slices) + lane / layer.backward_slices;
}

/// Steps over the weights from one input to four outputs: learns, and returns dL/dx as it was before.
fn dense_weights_backward(layer: Dense, x: f32, row: u32, block: u32, learns: bool) -> f32 {
  let at = network * WEIGHTS + layer.weight + row * layer.outputs4 + block;
  let weight = weights[at];
  if (learns) {
    descend(at, weight, dense_gradient(layer, x, block), rate(layer.slowed));
  }
  return dot(weight, unit(layer.delta + block));
}

/// Learns W, and returns dL/dx of this lane's block, for its first lane.
fn dense_inputs_backward(layer: Dense, x: u32, group: u32, lane: u32) -> vec4f {
  let block = backward_block(layer, group, lane);
  let learns = learning();
  var sum = vec4f();
  if (block < layer.inputs4) {
    let value = unit(x + block);
    for (var i = 0u; i < 4u; i++) {
      // A unit at rest passes nothing on; and unless the optimiser has a memory, its weights stay.
      if (value[i] == 0.0 && !UPDATES_ALL) {
        continue;
      }
      for (var o = lane % layer.backward_slices; o < layer.outputs4; o += layer.backward_slices) {
        sum[i] += dense_weights_backward(layer, value[i], block * 4u + i, o, learns);
      }
    }
  }
  return sum_of_slices(sum, layer.backward_slices, 1u, lane);
}

/// Learns W and b; delta_x = W^T delta where the unit x = relu(...) is on, else 0.
fn dense_backward(layer: Dense, x: u32, delta_x: u32, group: u32, lane: u32) {
  let block = backward_block(layer, group, lane);
  let sum = dense_inputs_backward(layer, x, group, lane);
  if (block < layer.inputs4 && lane % layer.backward_slices == 0u) {
    set_unit(delta_x + block, select(vec4f(), sum, unit(x + block) > vec4f()));
  }
}

/// Learns W of a layer that nothing learned lies before.
fn dense_update(layer: Dense, x: u32, group: u32, lane: u32) {
  _ = dense_inputs_backward(layer, x, group, lane);
}

fn bias_update(layer: Dense, group: u32, lane: u32) {
  let block = group * LANES + lane;
  if (block < layer.outputs4 && learning()) {
    let at = network * WEIGHTS + layer.bias + block;
    descend(at, weights[at], unit(layer.delta + block), rate(layer.slowed));
  }
}
