// The loss, its gradient, and the record of the step. Ends the forward half of a step.

/// L = mean (y - target)^2; delta = dL/dy, clipped. A record is input, target, prediction [inputs each], loss, number of
/// bursting columns, and the winners by descending preference. One group.
fn loss(inputs: u32, pooler: Pooler, memory: Memory, input: u32, prediction: u32, delta: u32, lane: u32) {
  let row = row_start(inputs);
  let record = (clocks[network].row * NETWORKS + network) * (3u * inputs + 2u + pooler.winners);
  let clip = lives[network].error_clip;
  // Of this lane: squared errors, and bursting columns.
  var own = vec4f();
  for (var block = lane; block < (inputs + 3u) / 4u; block += LANES) {
    var gradient = vec4f();
    for (var i = block * 4u; i < min(block * 4u + 4u, inputs); i++) {
      let y = unit_element(prediction, i);
      let target_value = rows[row + inputs + i];
      let error = y - target_value;
      let slope = 2.0 * error / f32(inputs);
      own.x += error * error;
      gradient[i % 4u] = select(slope, clamp(slope, -clip, clip), clip > 0.0);
      records[record + i] = unit_element(input, i);
      records[record + inputs + i] = target_value;
      records[record + 2u * inputs + i] = y;
    }
    set_unit(delta + block, gradient);
  }
  for (var rank = lane; rank < pooler.winners; rank += LANES) {
    records[record + 3u * inputs + 2u + rank] = scarce(pooler.ranked + rank);
    own.y += select(0.0, 1.0, scarce(memory.predicted + rank) == 0.0);
  }
  let sum = sum_of_slices(own, LANES, 1u, lane);
  // The row has been read.
  workgroupBarrier();
  if (lane == 0u) {
    records[record + 3u * inputs] = sum.x / f32(inputs);
    records[record + 3u * inputs + 1u] = sum.y;
    clocks[network].row++;
  }
}
