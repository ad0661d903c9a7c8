using System.CommandLine;
using Smi;
using Smi.Terminal;
using Smi.Verbs;

var root = new RootCommand("De-identifies DICOM files: attributes, pixels and text. It fails closed: nothing leaves unless it was understood, cleaned and verified.");
foreach (var verb in AllVerbs.Create())
{
    root.Subcommands.Add(verb);
}

try
{
    var stop = new StopSignals();
    return await root.Parse(args).InvokeAsync(
        new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, stop.Cancellation);
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("smi: stopped");
    return ExitCode.Fault;
}
catch (Exception exception)
{
    // The one place where everything is caught: what reaches it is a fault of ours or of the machine.
    Console.Error.WriteLine($"smi: {exception.GetType().Name}: {exception.Message}");
    return ExitCode.Fault;
}
