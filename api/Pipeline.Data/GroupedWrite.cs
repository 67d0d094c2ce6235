using System.Data.Common;
using Dapper;

namespace Pipeline.Data;

/// <summary>A write that may share its transaction, and so its durable commit, with others that wait at the same time. What it does is done whole or undone whole, whatever becomes of the others.</summary>
/// <param name="work">Does the write; whether it is to be kept.</param>
/// <param name="alone">Whether it has a transaction to itself. Among others the engine keeps every page that it changes as it was, in memory, to undo it alone: of a large one that is a hundred megabytes.</param>
internal sealed class GroupedWrite(Func<DbConnection, DbTransaction, Task<bool>> work, bool alone)
{
    // Whoever does the work for others must not lend it its own request: the entries of the trail would tell that one's.
    private readonly ExecutionContext? context = ExecutionContext.Capture();
    private readonly bool unhurried = Database.IsUnhurried;
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? error;
    private int state;

    private const int Waiting = 0,
        Taken = 1,
        GivenUp = 2;

    /// <summary>Ends when what it did is durable, or was undone.</summary>
    public Task Done => done.Task;

    /// <summary>Takes it up; false when its caller waited too long and has gone.</summary>
    public bool Take() => Interlocked.CompareExchange(ref state, Taken, Waiting) == Waiting;

    /// <summary>Its caller does not wait any longer; false when it has been taken up already.</summary>
    public bool GiveUp() => Interlocked.CompareExchange(ref state, GivenUp, Waiting) == Waiting;

    /// <summary>Whether somebody waits for it: it has not been taken up yet, nor given up, and no worker's round does it.</summary>
    public bool IsHurried => !unhurried && Volatile.Read(ref state) == Waiting;

    /// <summary>Whether it shares its transaction with no other.</summary>
    public bool IsAlone => alone;

    /// <summary>Does it alone; whether to commit.</summary>
    public Task<bool> Alone(DbConnection connection, DbTransaction transaction) => Work(connection, transaction);

    /// <summary>Does it among others; whether there is anything to commit. An error of its own is kept for its caller.</summary>
    /// <param name="isEverybodys">Whether an error ends the whole transaction.</param>
    public async Task<bool> Among(
        DbConnection connection,
        DbTransaction transaction,
        Func<Exception, bool> isEverybodys
    )
    {
        error = null;
        await connection.ExecuteAsync("SAVEPOINT one", transaction: transaction);
        try
        {
            if (await Work(connection, transaction))
            {
                await connection.ExecuteAsync("RELEASE one", transaction: transaction);
                return true;
            }
        }
        catch (Exception own) when (!isEverybodys(own))
        {
            error = own;
        }

        await connection.ExecuteAsync("ROLLBACK TO one; RELEASE one", transaction: transaction);
        return false;
    }

    private Task<bool> Work(DbConnection connection, DbTransaction transaction)
    {
        if (context is null)
            return work(connection, transaction);
        Task<bool>? begun = null;
        ExecutionContext.Run(context, _ => begun = work(connection, transaction), null);
        return begun!;
    }

    /// <summary>Tells its caller how it ended.</summary>
    public void End(Exception? everybodys)
    {
        if ((everybodys ?? error) is { } failure)
            done.SetException(failure);
        else
            done.SetResult();
    }
}
