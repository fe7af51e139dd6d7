// Global inhibition: which columns have the highest preference. Ranks are by descending preference, ties by ascending index.

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

/// `ranked`, one after the other: each is the best of those that are not better than the one before. Takes fewer loads than
/// counting where a few win. One group, at most 256 columns.
fn rank_by_picking(pooler: Pooler, lane: u32) {
  let blocks = (pooler.columns + 3u) / 4u;
  for (var block = lane; block < blocks; block += LANES) {
    let preference = unit(pooler.preference + block);
    // Keys of numbers are above 0, which stands for no column.
    keys[block] = select(vec4u(), order_keys(preference), vec4u(0u, 1u, 2u, 3u) + block * 4u < vec4u(pooler.columns));
  }
  workgroupBarrier();
  var last = vec2u(0xffffffffu, 0u);
  for (var rank = 0u; rank < pooler.ranks; rank++) {
    var own = vec2u();
    for (var block = lane % PICKERS; block < blocks; block += PICKERS) {
      let four = keys[block];
      own = better_after(own, vec2u(four.x, block * 4u), last);
      own = better_after(own, vec2u(four.y, block * 4u + 1u), last);
      own = better_after(own, vec2u(four.z, block * 4u + 2u), last);
      own = better_after(own, vec2u(four.w, block * 4u + 3u), last);
    }
    last = best_of_pickers(own, last, lane);
    if (lane == 0u) {
      set_scarce(pooler.ranked + rank, f32(last.y));
    }
  }
}

/// order_key of four values.
fn order_keys(values: vec4f) -> vec4u {
  let bits = select(bitcast<vec4u>(values), vec4u(), values == vec4f());
  return select(bits | vec4u(0x80000000u), ~bits, (bits >> vec4u(31u)) == vec4u(1u));
}

/// The better of two columns, `other` only if it goes after `last`. Each is a key and its column.
fn better_after(own: vec2u, other: vec2u, last: vec2u) -> vec2u {
  let is_after = goes_before(last.x, last.y, other.x, other.y);
  return select(own, other, is_after && goes_before(other.x, other.y, own.x, own.y));
}

var<workgroup> histogram: array<atomic<u32>, 256>;
var<workgroup> coarse: array<u32, 16>;
/// The digit of the last key that is taken, and how many with this digit are.
var<workgroup> last_digit: vec2u;

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
  // How many of this lane's columns are above the last key, and how many equal to it.
  var own = vec2u();
  for (var j = begin; j < end; j++) {
    let key = order_key(unit_element(pooler.preference, j));
    own += vec2u(select(0u, 1u, key > last_key), select(0u, 1u, key == last_key));
  }
  var before = sum_before(own, lane);
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
    for (var ago = pooler.remembered; ago > 0u; ago--) {
      set_scarce(pooler.slots + ago * pooler.stride + j, scarce(pooler.slots + (ago - 1u) * pooler.stride + j));
    }
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
