// Writes out what the update would see: dL/dW of the last step, from the deltas and activations that it left behind.

/// Lies as `weights` does.
@group(1) @binding(0) var<storage, read_write> gradients: array<vec4f, NETWORKS * WEIGHTS>;

fn write_gradient(at: u32, value: vec4f) {
  gradients[network * WEIGHTS + at] = value;
}

/// A group takes four inputs.
fn write_dense_gradient(layer: Dense, x: u32, group: u32, lane: u32) {
  let value = unit(x + group);
  for (var block = lane; block < layer.outputs4; block += LANES) {
    let delta = unit(layer.delta + block);
    for (var i = 0u; i < 4u; i++) {
      write_gradient(layer.weight + (group * 4u + i) * layer.outputs4 + block, delta[i] * value);
    }
  }
}

fn write_bias_gradient(layer: Dense, group: u32, lane: u32) {
  for (var block = first_item(group, lane); block < end_of_items(group, layer.outputs4); block += LANES) {
    write_gradient(layer.bias + block, unit(layer.delta + block));
  }
}

/// A group takes four cells.
fn write_cells_gradient(layer: Dense, active_cells: ActiveCells, group: u32, lane: u32) {
  for (var row = group * 4u; row < group * 4u + 4u; row++) {
    for (var block = lane; block < layer.outputs4; block += LANES) {
      write_gradient(layer.weight + row * layer.outputs4 + block, cells_gradient(layer, active_cells, row, block));
    }
  }
}

/// A group takes four cells.
fn write_memory_gradient(
  layer: Dense,
  memory: Memory,
  active_cells: ActiveCells,
  group: u32,
  lane: u32,
) {
  for (var row = group * 4u; row < group * 4u + 4u; row++) {
    for (var block = lane; block < layer.outputs4; block += LANES) {
      let gradient = memory_gradient(layer, memory, active_cells, row, block);
      write_gradient(layer.weight + row * layer.outputs4 + block, gradient);
    }
  }
}

fn write_memory_bias_gradient(layer: Dense, memory: Memory, group: u32, lane: u32) {
  for (var block = first_item(group, lane); block < end_of_items(group, layer.outputs4); block += LANES) {
    write_gradient(layer.bias + block, memory_bias_gradient(layer, memory, block));
  }
}
