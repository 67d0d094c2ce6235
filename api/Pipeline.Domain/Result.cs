namespace Pipeline.Domain;

/// <summary>Which kind of answer a refusal is; the HTTP layer maps each to one status.</summary>
public enum RefusalKind
{
    /// <summary>The caller may not do this (403).</summary>
    Forbidden,

    /// <summary>The record does not exist for this caller (404).</summary>
    NotFound,

    /// <summary>The record's state does not allow it (409).</summary>
    Conflict,

    /// <summary>Well-formed, but it breaks a rule or lacks what a rule demands (422).</summary>
    Rule,

    /// <summary>Malformed (400).</summary>
    Invalid,
}

/// <summary>What is wrong with one member: its path in the request, a stable code, and arguments for the message.</summary>
public sealed record FieldError(string Field, string Code, params object[] Args);

/// <summary>A refusal is a value: the problem's slug (never changes) and what it is about. Messages are made from resources by slug and code.</summary>
public sealed record Refusal(RefusalKind Kind, string Slug)
{
    public Refusal(RefusalKind kind, string slug, IReadOnlyList<FieldError> errors)
        : this(kind, slug) => Errors = errors;

    public Refusal(RefusalKind kind, string slug, params object[] args)
        : this(kind, slug) => Args = args;

    /// <summary>There is no such record, or none that the caller may know of: nobody can tell which.</summary>
    public static readonly Refusal NotFound = new(RefusalKind.NotFound, "not-found");

    /// <summary>The caller may know of the record, but not do this to it.</summary>
    public static readonly Refusal Forbidden = new(RefusalKind.Forbidden, "forbidden");

    /// <summary>Something is malformed: which members, and how.</summary>
    public static Refusal Invalid(params FieldError[] errors) =>
        new(RefusalKind.Invalid, "validation-failed", (IReadOnlyList<FieldError>)errors);

    /// <summary>What is wrong, member by member; empty where the refusal is about the whole.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>What the message tells of.</summary>
    public IReadOnlyList<object> Args { get; } = [];
}

/// <summary>Either a value or the refusal that took its place.</summary>
public readonly struct Result<T>
{
    private readonly T? value;

    private Result(T? value, Refusal? refusal)
    {
        this.value = value;
        Refusal = refusal;
    }

    /// <summary>The refusal, or null when there is a value.</summary>
    public Refusal? Refusal { get; }

    /// <summary>The value; reading it of a refused result is a bug.</summary>
    public T Value => Refusal is null ? value! : throw new InvalidOperationException($"Refused: {Refusal.Slug}");

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Refusal refusal) => new(default, refusal);
}
