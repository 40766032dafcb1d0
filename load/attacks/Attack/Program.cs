using System.Runtime.InteropServices;
using TagGateway.Attacks;

// One attack, or the visitor beside it: Attack VERB --name value … (Verbs.cs; load/attacks/attacks.sh has each in use). Ends after --seconds, or with SIGTERM
// or Ctrl+C, and prints one line: name=value …
using var stop = new CancellationTokenSource();
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
try
{
    if (args is not [var name, ..] || !Verbs.All.TryGetValue(name, out var verb))
    {
        throw new ArgumentException($"usage: Attack {string.Join('|', Verbs.All.Keys)} --name value …");
    }

    var arguments = new Arguments(args.AsSpan(1));
    if (arguments.Has("seconds"))
    {
        stop.CancelAfter(arguments.Seconds("seconds", 0));
    }

    Console.WriteLine(await verb(arguments, stop.Token));
    return 0;
}
catch (ArgumentException error)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}

void End(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}
