// The whole user space of a guest that does nothing but come up: says so, and waits to be ended.

#include <unistd.h>

int main(void) {
  static const char hello[] = "bootperf: hello\n";
  if (write(1, hello, sizeof hello - 1) < 0)
    return 1;
  for (;;)
    pause();
}
