using System.Globalization;
using System.Text;
using Pipeline.Api.Http;
using Pipeline.Domain;

namespace Pipeline.Api.Queries;

/// <summary>Where in the feed a reading begins.</summary>
/// <param name="Seq">The number of the last change before it.</param>
/// <param name="At">When that was: what it does not reach any more is kept no longer.</param>
public sealed record Position(long Seq, DateTimeOffset At);

/// <summary>The cursors of the feed: sealed, bound to the caller, and valid as long as the changes behind them are kept and the caller stays what it was.</summary>
public static class ChangeCursors
{
    /// <summary>How long changes are kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(400);

    public static string Write(Cursors cursors, Caller caller, Position position) =>
        cursors.Write(
            BoundTo(caller),
            new Cursor(
                $"{position.At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)} {StandingOf(caller)}",
                position.Seq
            )
        );

    /// <summary>The position, null when the text is no cursor of this caller; or that it reaches no further back, or was given to the caller as somebody else's.</summary>
    public static (Position? Position, bool Expired) Read(
        Cursors cursors,
        Caller caller,
        string text,
        DateTimeOffset now
    )
    {
        if (cursors.Read(BoundTo(caller), text) is not { Key: { } key } cursor)
            return (null, false);
        var parts = key.Split(' ', 2);
        var at = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(parts[0], CultureInfo.InvariantCulture));

        // Who has moved to another unit sees other projects: what it knew before has to be read anew.
        return parts[1] != StandingOf(caller) || at < now - Kept ? (null, true) : (new Position(cursor.Seq, at), false);
    }

    private static byte[] BoundTo(Caller caller) => Encoding.UTF8.GetBytes($"changes {caller.UserId}");

    private static string StandingOf(Caller caller) =>
        $"{(caller.Role is { } role ? Slug.Of(role) : "key")}/{caller.JurisdictionId}";
}
