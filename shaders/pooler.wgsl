// The spatial pooler: overlap, homeostasis, global inhibition, duty cycles, and the way back.

struct Pooler {
  columns: u32,
  winners: u32,
  /// The winners, and the edge (the best loser) where they are thresholded.
  ranks: u32,
  normalised: bool,
  // In `units`, [columns]. Winners have the best `preference`, which is the score unless it is boosted.
  overlap: u32,
  score: u32,
  preference: u32,
  mean: u32,
  variance: u32,
  // In `sparse`.
  duty: u32,
  /// [ranks]: columns by descending preference.
  ranked: u32,
  /// [winners]: columns in ascending order, in which all sums over winners run.
  sorted: u32,
  /// [winners]: of `sorted`; what the temporal memory shares among cells.
  activation: u32,
  /// [columns]: a column's place in `sorted`, -1 for losers.
  slots: u32,
  /// The same after the step before.
  previous_slots: u32,
  /// [winners]: dL/d activation of `sorted`.
  gradient: u32,
}

const LEAST_VARIANCE = 0.01;

/// overlap = W x + b, and from it the score and the preference.
fn overlap(layer: Dense, pooler: Pooler, x: u32, group: u32, lane: u32) {
  let sum = dense_sum(layer, x, group, lane);
  if (owns_forward_block(layer, group, lane)) {
    let block = forward_block(layer, group, lane);
    set_unit(pooler.overlap + block, sum);
    if (pooler.normalised) {
      set_unit(pooler.score + block, normalised(pooler, block, sum));
    } else {
      set_unit(pooler.score + block, sum);
    }
  }
}

/// Moves the running mean and variance of four columns, and returns their overlap measured by them.
fn normalised(pooler: Pooler, block: u32, overlap: vec4f) -> vec4f {
  var mean = unit(pooler.mean + block);
  var variance = unit(pooler.variance + block);
  if (learning()) {
    let seen = clocks[network].updates;
    if (seen == 1u) {
      mean = overlap;
      variance = vec4f();
    } else {
      // The first overlaps count fully, as in a plain average, until the running rate takes over.
      let rho = max(lives[network].homeostasis_rate, 1.0 / f32(seen));
      let difference = overlap - mean;
      mean += rho * difference;
      variance = (1.0 - rho) * (variance + rho * difference * difference);
    }
    set_unit(pooler.mean + block, mean);
    set_unit(pooler.variance + block, variance);
  }
  return (overlap - mean) / sqrt(variance + LEAST_VARIANCE);
}

/// preference = score, raised for columns that won less than their share.
fn boost(pooler: Pooler, group: u32, lane: u32) {
  let share = f32(pooler.winners) / f32(pooler.columns);
  for (var block = first_item(group, lane); block < end_of_items(group, (pooler.columns + 3u) / 4u); block += LANES) {
    var duty = vec4f();
    for (var i = 0u; i < min(4u, pooler.columns - block * 4u); i++) {
      duty[i] = scarce(pooler.duty + block * 4u + i);
    }
    let raised = exp(lives[network].boost_strength * (share - duty));
    set_unit(pooler.preference + block, unit(pooler.score + block) * raised);
  }
}

/// An integer that orders as the value does; -0 is 0.
fn order_key(value: f32) -> u32 {
  let bits = select(bitcast<u32>(value), 0u, value == 0.0);
  return select(bits | 0x80000000u, ~bits, (bits >> 31u) == 1u);
}

/// Whether column `a` goes before `b`: by the higher key, or the lower index.
fn goes_before(key_a: u32, a: u32, key_b: u32, b: u32) -> bool {
  return key_a > key_b || (key_a == key_b && a < b);
}

var<workgroup> keys: array<vec4u, 64>;

/// 1 where the value is above.
fn above(value: u32, bounds: vec4u) -> vec4u {
  return select(vec4u(), vec4u(1u), vec4u(value) > bounds);
}

/// For each bound, how many of four values are above it.
fn count_above(values: vec4u, bounds: vec4u) -> vec4u {
  return above(values.x, bounds) + above(values.y, bounds) + above(values.z, bounds) + above(values.w, bounds);
}

/// `ranked`, by counting for each column those before it. One group, at most 256 columns.
fn rank_by_counting(pooler: Pooler, lane: u32) {
  let blocks = (pooler.columns + 3u) / 4u;
  for (var block = lane; block < blocks; block += LANES) {
    let preference = unit(pooler.preference + block);
    var four = vec4u();
    for (var i = 0u; i < min(4u, pooler.columns - block * 4u); i++) {
      four[i] = order_key(preference[i]);
    }
    keys[block] = four;
  }
  workgroupBarrier();
  // A lane ranks four columns. Among equals the lower index goes before; keys of numbers are above 0.
  for (var own = lane; own < blocks; own += LANES) {
    let key = keys[own];
    var rank = vec4u();
    for (var block = 0u; block < own; block++) {
      rank += count_above(keys[block], key - 1u);
    }
    for (var block = own + 1u; block < blocks; block++) {
      rank += count_above(keys[block], key);
    }
    rank += above(key.x, key - vec4u(0u, 1u, 1u, 1u));
    rank += above(key.y, key - vec4u(0u, 0u, 1u, 1u));
    rank += above(key.z, key - vec4u(0u, 0u, 0u, 1u));
    rank += above(key.w, key);
    for (var i = 0u; i < min(4u, pooler.columns - own * 4u); i++) {
      if (rank[i] < pooler.ranks) {
        set_scarce(pooler.ranked + rank[i], f32(own * 4u + i));
      }
    }
  }
}

var<workgroup> histogram: array<atomic<u32>, 256>;
var<workgroup> coarse: array<u32, 16>;
/// The digit of the last key that is taken, and how many with this digit are.
var<workgroup> last_digit: vec2u;
/// What each lane's columns hold: how many above the last key, and how many equal to it.
var<workgroup> found: array<vec2u, LANES>;

/// `ranked`, whatever the number of columns: finds the key of the last one taken, eight bits at a time, then ranks those
/// taken. `candidates` [ranks] is scratch in `sparse`. One group.
fn rank_by_radix(pooler: Pooler, candidates: u32, lane: u32) {
  var last_key = 0u;
  var known = 0u;
  var remaining = pooler.ranks;
  for (var shift = 32u; shift > 0u;) {
    shift -= 8u;
    for (var bin = lane; bin < 256u; bin += LANES) {
      atomicStore(&histogram[bin], 0u);
    }
    workgroupBarrier();
    for (var j = lane; j < pooler.columns; j += LANES) {
      let key = order_key(unit_element(pooler.preference, j));
      if ((key & known) == last_key) {
        atomicAdd(&histogram[(key >> shift) & 255u], 1u);
      }
    }
    workgroupBarrier();
    let digit = digit_of_last(remaining, lane);
    last_key |= digit.x << shift;
    known |= 255u << shift;
    remaining = digit.y;
  }
  take_candidates(pooler, candidates, last_key, remaining, lane);
  storageBarrier();
  for (var s = lane; s < pooler.ranks; s += LANES) {
    let j = scarce_index(candidates + s);
    let key = order_key(unit_element(pooler.preference, j));
    var rank = 0u;
    for (var other = 0u; other < pooler.ranks; other++) {
      let i = scarce_index(candidates + other);
      rank += select(0u, 1u, goes_before(order_key(unit_element(pooler.preference, i)), i, key, j));
    }
    set_scarce(pooler.ranked + rank, f32(j));
  }
}

/// From the histogram: the digit that the `remaining`th highest key has, and how many with it are to be taken.
fn digit_of_last(remaining: u32, lane: u32) -> vec2u {
  for (var part = lane; part < 16u; part += LANES) {
    var sum = 0u;
    for (var bin = part * 16u; bin < part * 16u + 16u; bin++) {
      sum += atomicLoad(&histogram[bin]);
    }
    coarse[part] = sum;
  }
  workgroupBarrier();
  if (lane == 0u) {
    var left = remaining;
    var part = 15u;
    while (left > coarse[part]) {
      left -= coarse[part];
      part--;
    }
    var bin = part * 16u + 15u;
    while (left > atomicLoad(&histogram[bin])) {
      left -= atomicLoad(&histogram[bin]);
      bin--;
    }
    last_digit = vec2u(bin, left);
  }
  return workgroupUniformLoad(&last_digit);
}

/// All columns above the last key, and the first `remaining` equal to it, in ascending order.
fn take_candidates(pooler: Pooler, candidates: u32, last_key: u32, remaining: u32, lane: u32) {
  let share = (pooler.columns + LANES - 1u) / LANES;
  let begin = lane * share;
  let end = min(begin + share, pooler.columns);
  var own = vec2u();
  for (var j = begin; j < end; j++) {
    let key = order_key(unit_element(pooler.preference, j));
    own += vec2u(select(0u, 1u, key > last_key), select(0u, 1u, key == last_key));
  }
  found[lane] = own;
  workgroupBarrier();
  var before = vec2u();
  for (var other = 0u; other < lane; other++) {
    before += found[other];
  }
  for (var j = begin; j < end; j++) {
    let key = order_key(unit_element(pooler.preference, j));
    if (key > last_key || (key == last_key && before.y < remaining)) {
      set_scarce(candidates + before.x + min(before.y, remaining), f32(j));
    }
    before += vec2u(select(0u, 1u, key > last_key), select(0u, 1u, key == last_key));
  }
}

/// `sorted` and `slots` from `ranked`. One group.
fn sort_winners(pooler: Pooler, lane: u32) {
  for (var j = lane; j < pooler.columns; j += LANES) {
    set_scarce(pooler.previous_slots + j, scarce(pooler.slots + j));
    set_scarce(pooler.slots + j, -1.0);
  }
  storageBarrier();
  for (var rank = lane; rank < pooler.winners; rank += LANES) {
    let column = scarce(pooler.ranked + rank);
    var slot = 0u;
    for (var other = 0u; other < pooler.winners; other++) {
      slot += select(0u, 1u, scarce(pooler.ranked + other) < column);
    }
    set_scarce(pooler.sorted + slot, column);
    set_scarce(pooler.slots + u32(column), f32(slot));
  }
}

/// Duty cycles run after the winners.
fn duty_update(pooler: Pooler, group: u32, lane: u32) {
  if (!learning()) {
    return;
  }
  let pace = lives[network].duty_rate;
  for (var j = first_item(group, lane); j < end_of_items(group, pooler.columns); j += LANES) {
    let won = select(0.0, pace, scarce(pooler.slots + j) >= 0.0);
    set_scarce(pooler.duty + j, (1.0 - pace) * scarce(pooler.duty + j) + won);
  }
}

/// Activation of a winner.
fn winner_activation(pooler: Pooler, column: u32) -> f32 {
  var value = unit_element(pooler.score, column);
  if (pooler.ranks > pooler.winners) {
    value -= unit_element(pooler.score, scarce_index(pooler.ranked + pooler.winners));
  }
  return value;
}

/// delta = dL/d overlap. Winners pass their gradient straight on; the edge, subtracted from all, gets minus their sum.
fn pooler_delta(layer: Dense, pooler: Pooler, group: u32, lane: u32) {
  for (var block = first_item(group, lane); block < end_of_items(group, layer.outputs4); block += LANES) {
    var delta = vec4f();
    for (var i = 0u; i < min(4u, pooler.columns - block * 4u); i++) {
      delta[i] = score_gradient(pooler, block * 4u + i);
    }
    if (pooler.normalised) {
      delta /= sqrt(unit(pooler.variance + block) + LEAST_VARIANCE);
    }
    set_unit(layer.delta + block, delta);
  }
}

fn score_gradient(pooler: Pooler, column: u32) -> f32 {
  let slot = scarce(pooler.slots + column);
  if (slot >= 0.0) {
    return scarce(pooler.gradient + u32(slot));
  }
  var sum = 0.0;
  if (pooler.ranks > pooler.winners && scarce_index(pooler.ranked + pooler.winners) == column) {
    for (var s = 0u; s < pooler.winners; s++) {
      sum -= scarce(pooler.gradient + s);
    }
  }
  return sum;
}

const NO_BLOCK = 0xffffffffu;

/// The block of four columns that holds the `rank`th winner, or the edge; NO_BLOCK where an earlier one holds it too.
fn touched_block(pooler: Pooler, rank: u32) -> u32 {
  if (rank < pooler.winners) {
    let block = scarce_index(pooler.sorted + rank) / 4u;
    let seen = rank > 0u && scarce_index(pooler.sorted + max(rank, 1u) - 1u) / 4u == block;
    return select(block, NO_BLOCK, seen);
  }
  let block = scarce_index(pooler.ranked + rank) / 4u;
  for (var j = block * 4u; j < min(block * 4u + 4u, pooler.columns); j++) {
    if (scarce(pooler.slots + j) >= 0.0) {
      return NO_BLOCK;
    }
  }
  return block;
}

/// As dense_backward, for SGD: visits only the weights that have a gradient, those to winners and edge.
fn winners_backward(layer: Dense, pooler: Pooler, x: u32, delta_x: u32, group: u32, lane: u32) {
  let block = backward_block(layer, group, lane);
  let descent = begin_descent(layer.slowed);
  var sum = vec4f();
  if (block < layer.inputs4) {
    let value = unit(x + block);
    let stride = layer.outputs4;
    for (var rank = lane % layer.backward_slices; rank < pooler.ranks; rank += layer.backward_slices) {
      let touched = touched_block(pooler, rank);
      if (touched == NO_BLOCK) {
        continue;
      }
      let delta = unit(layer.delta + touched);
      let at = network * WEIGHTS + layer.weight + block * 4u * stride + touched;
      sum.x += weights_backward(at, value.x, delta, descent);
      sum.y += weights_backward(at + stride, value.y, delta, descent);
      sum.z += weights_backward(at + 2u * stride, value.z, delta, descent);
      sum.w += weights_backward(at + 3u * stride, value.w, delta, descent);
    }
  }
  sum = sum_of_slices(sum, layer.backward_slices, 1u, lane);
  if (block < layer.inputs4 && lane % layer.backward_slices == 0u) {
    set_unit(delta_x + block, select(vec4f(), sum, unit(x + block) > vec4f()));
  }
}
