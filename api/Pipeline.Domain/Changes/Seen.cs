namespace Pipeline.Domain.Changes;

/// <summary>When what a change is about was open to a group of readers.</summary>
[Flags]
public enum Seen
{
    Never = 0,
    Before = 1,
    After = 2,
    Throughout = Before | After,
}

/// <summary>How a change is told to whom its subject was open before, after, or both.</summary>
public static class Sight
{
    /// <summary>The type that such a reader is told; null: nothing.</summary>
    /// <param name="isOpenNow">Whether the subject is open to the reader today. What was lost since leaves its tombstone alone.</param>
    public static string? Told(string type, Seen seen, bool isOpenNow)
    {
        if (ChangeTypes.FamilyOf(type) != "project")
            return seen != Seen.Never && isOpenNow ? type : null;
        return seen switch
        {
            Seen.Before => ChangeTypes.ProjectGone,
            Seen.Never => null,
            _ when !isOpenNow => null,
            Seen.After when type != ChangeTypes.ProjectRegistered => ChangeTypes.ProjectAppeared,
            _ => type,
        };
    }

    /// <summary>For each group of readers of a project before or after a change, when it was open to it.</summary>
    public static Dictionary<string, Seen> Of(IReadOnlySet<string> before, IReadOnlySet<string> after) =>
        before
            .Union(after)
            .ToDictionary(
                reader => reader,
                reader =>
                    (before.Contains(reader) ? Seen.Before : Seen.Never)
                    | (after.Contains(reader) ? Seen.After : Seen.Never),
                StringComparer.Ordinal
            );
}
