// Command act is the upstream runner of workflows, built from its Go module.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/nektos/act/cmd"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	cmd.Execute(ctx, "0.2.89")
}
