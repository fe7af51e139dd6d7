// What lanes of a subgroup do together. Only SUBGROUP_LANES neighbours count on each other, the fewest that the adapter has
// in a subgroup, so that nothing depends on how many there are.

/// Adds what lanes found, `stride` apart, as far as a subgroup and `span` reach: in pairs, the nearest first.
fn sum_in_subgroup(own: vec4f, stride: u32, span: u32) -> vec4f {
  var sum = own;
  for (var step = stride; step < min(span, SUBGROUP_LANES); step *= 2u) {
    sum += subgroupShuffleXor(sum, step);
  }
  return sum;
}

/// How many lanes pick winners together; all such crowds do the same.
const PICKERS = SUBGROUP_LANES;

/// The best column that the pickers found, each after `last`. For all of them.
fn best_of_pickers(own: vec2u, last: vec2u, lane: u32) -> vec2u {
  var best = own;
  for (var step = 1u; step < PICKERS; step *= 2u) {
    best = better_after(best, subgroupShuffleXor(best, step), last);
  }
  return best;
}

/// By subgroup.
var<workgroup> found: array<vec2u, LANES / SUBGROUP_LANES>;

/// What the lanes before this one hold in sum.
fn sum_before(own: vec2u, lane: u32) -> vec2u {
  let place = lane % SUBGROUP_LANES;
  var sum = own;
  for (var step = 1u; step < SUBGROUP_LANES; step *= 2u) {
    sum += select(vec2u(), subgroupShuffleUp(sum, step), place >= step);
  }
  if (place == SUBGROUP_LANES - 1u) {
    found[lane / SUBGROUP_LANES] = sum;
  }
  workgroupBarrier();
  sum -= own;
  for (var other = 0u; other < lane / SUBGROUP_LANES; other++) {
    sum += found[other];
  }
  return sum;
}
