// What subgroups.wgsl does, where there are none.

fn sum_in_subgroup(own: vec4f, stride: u32, span: u32) -> vec4f {
  return own;
}

const PICKERS = LANES;

/// What each lane found, as a key and its column.
var<workgroup> best: array<vec2u, LANES>;
var<workgroup> picked: vec2u;

fn best_of_pickers(own: vec2u, last: vec2u, lane: u32) -> vec2u {
  best[lane] = own;
  workgroupBarrier();
  if (lane == 0u) {
    picked = own;
    for (var other = 1u; other < LANES; other++) {
      picked = better_after(picked, best[other], last);
    }
  }
  return workgroupUniformLoad(&picked);
}

var<workgroup> found: array<vec2u, LANES>;

fn sum_before(own: vec2u, lane: u32) -> vec2u {
  found[lane] = own;
  workgroupBarrier();
  var sum = vec2u();
  for (var other = 0u; other < lane; other++) {
    sum += found[other];
  }
  return sum;
}
