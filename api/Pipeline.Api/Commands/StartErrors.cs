using System.Data.Common;
using System.Net.Sockets;
using Pipeline.Data;

namespace Pipeline.Api.Commands;

/// <summary>What keeps the program from starting, or a command from running, said in a sentence: a wrong setting, a database that is away, an address in use. Only what nobody foresaw comes with a stack trace.</summary>
public static class StartErrors
{
    private static volatile bool started;

    /// <summary>From now until the program listens, an exception that nobody caught is told in a sentence and ends the program with 1.</summary>
    public static void TellInASentence() =>
        AppDomain.CurrentDomain.UnhandledException += (_, thrown) =>
        {
            if (started || Sentence(thrown.ExceptionObject as Exception) is not { } sentence)
                return;
            Console.Error.WriteLine(sentence);
            Environment.Exit(1);
        };

    public static void AreOver() => started = true;

    private static string? Sentence(Exception? error) =>
        error switch
        {
            DatabaseUnavailableException => $"The database is not available: {Cause(error)}",
            DbException => $"The database cannot be used: {error.Message}",
            ClockUnreliableException =>
                "The clock of this host jumped, or is behind the last instant on record: nothing was written. Put it right and try again.",
            LockTimeoutException =>
                "Another process is at work on this database: nothing was done. Try again once it has ended.",
            IOException or SocketException => $"The service ended: {error.Message}",
            InvalidOperationException => error.Message,
            _ => null,
        };

    private static string Cause(Exception error) => error.InnerException is { } inner ? Cause(inner) : error.Message;
}
