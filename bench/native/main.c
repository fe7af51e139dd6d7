// Trains the network on rows from a file, and prints what it did as JSON. See build.ts for how it is built and called.
#include <stdio.h>
#include <time.h>
#include "step.h"

static const struct {
  const char *name;
  float *value;
} numbers[] = {
    {"learningRate", &settings.learning_rate}, {"finalRate", &settings.final_rate},
    {"decay", &settings.decay},                {"encoderRate", &settings.encoder_rate},
    {"memoryRate", &settings.memory_rate},     {"biasRate", &settings.bias_rate},
    {"warmup", &settings.warmup},              {"errorClip", &settings.error_clip},
    {"homeostasisRate", &settings.homeostasis_rate}, {"conscience", &settings.conscience},
    {"dutyRate", &settings.duty_rate},         {"beta1", &settings.beta1},
    {"beta2", &settings.beta2},                {"epsilon", &settings.epsilon},
};

static int one_of(const char *value, const char *const *names) {
  for (int i = 0; names[i]; i++)
    if (!strcmp(value, names[i])) return i;
  fprintf(stderr, "unknown value: %s\n", value);
  exit(1);
}

static void set(char *argument) {
  static const char *const optimizers[] = {"sgd", "rmsprop", "adam", "normalised", NULL};
  static const char *const readouts[] = {"predictive", "active", NULL}, *const predictions[] = {"value", "change", NULL};
  char *value = strchr(argument, '=');
  if (!value) fprintf(stderr, "give name=value, not %s\n", argument), exit(1);
  *value++ = 0;
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
    if (!strcmp(argument, numbers[i].name)) {
      *numbers[i].value = atof(value);
      return;
    }
  if (!strcmp(argument, "optimizer")) settings.optimizer = one_of(value, optimizers);
  else if (!strcmp(argument, "readout")) settings.active_readout = one_of(value, readouts);
  else if (!strcmp(argument, "prediction")) settings.change = one_of(value, predictions);
  else if (!strcmp(argument, "unroll")) settings.unroll = atoi(value);
  else fprintf(stderr, "unknown setting: %s\n", argument), exit(1);
  if (settings.unroll > MOST_UNROLLED) fprintf(stderr, "unroll: at most %d\n", MOST_UNROLLED), exit(1);
}

static void read_floats(FILE *file, float *into, size_t count) {
  if (fread(into, sizeof(float), count, file) != count) fprintf(stderr, "the weights or the rows end early\n"), exit(1);
}

// Files hold [out][in]. Some rows at a time: a large network is here once only, and is written by whole cache lines.
static void read_layer(FILE *file, Dense *l) {
  enum { ROWS = 16 };
  float *rows = allocate((size_t)ROWS * l->inputs, sizeof(float));
  for (int first = 0; first < l->outputs; first += ROWS) {
    int count = l->outputs - first < ROWS ? l->outputs - first : ROWS;
    read_floats(file, rows, (size_t)count * l->inputs);
    for (int i = 0; i < l->inputs; i++)
      for (int o = 0; o < count; o++)
        l->weights[(size_t)i * l->outputs + first + o] = rows[(size_t)o * l->inputs + i];
  }
  free(rows);
  read_floats(file, l->bias, l->outputs);
}

static double seconds(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

// main FILE WARM_UP STEPS name=value...: the file holds weights; as many rows of input and target as there are steps come
// from standard input.
int main(int count, char **arguments) {
  if (count < 4) return fprintf(stderr, "usage: %s FILE WARM_UP STEPS name=value...\n", arguments[0]), 1;
  for (int i = 4; i < count; i++) set(arguments[i]);
  long warm = atol(arguments[2]), total = warm + atol(arguments[3]);
  FILE *file = fopen(arguments[1], "rb");
  if (!file) return perror(arguments[1]), 1;
  build();
  Dense *const layers[] = {&encoder0, &encoder1, &pooler, &memory, &decoder0, &decoder1};
  for (int i = 0; i < 6; i++) read_layer(file, layers[i]);
  float *rows = allocate(2 * total, sizeof(float)), *loss = allocate(total, sizeof(float));
  read_floats(stdin, rows, 2 * total);
  double begun = 0, processor = 0;
  for (long t = 0; t < total; t++) {
    if (t == warm) begun = seconds(CLOCK_MONOTONIC), processor = seconds(CLOCK_PROCESS_CPUTIME_ID);
    loss[t] = train(rows[2 * t], rows[2 * t + 1]);
  }
  begun = seconds(CLOCK_MONOTONIC) - begun, processor = seconds(CLOCK_PROCESS_CPUTIME_ID) - processor;
  double sum = 0;
  long last = total < 1000 ? total : 1000;
  for (long t = total - last; t < total; t++) sum += loss[t];
  printf("{\"stepsPerSecond\":%.1f,\"stepsPerProcessorSecond\":%.1f,", (total - warm) / begun, (total - warm) / processor);
  printf("\"rmse\":%.6g,\"losses\":[", sqrt(sum / last));
  for (long t = 0; t < total && t < 100; t++) printf("%s%.9g", t ? "," : "", loss[t]);
  printf("]}\n");
}
