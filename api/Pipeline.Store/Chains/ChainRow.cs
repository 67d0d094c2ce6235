using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Chains;
using Pipeline.Domain.Projects;

namespace Pipeline.Store.Chains;

/// <summary>A review of a chain.</summary>
public sealed record ChainReview(string Id, DateOnly HeldOn, string Note, PersonRef By, DateTimeOffset At);

/// <summary>A project on a node, one that the reader may know.</summary>
public sealed record ChainProject(string Id, string Code, string Name, UnitRef Owner, Stage Stage, bool Landed);

/// <summary>A node of a chain, with the projects on it that the reader may know.</summary>
public sealed record NodeView
{
    public required string Id { get; init; }
    public required NodePosition Position { get; init; }
    public required string Name { get; init; }
    public required NodeState State { get; init; }

    /// <summary>The classes of industry that belong to it, by their first two to four digits.</summary>
    public required IReadOnlyList<string> IndustryClasses { get; init; }
    public string? Note { get; init; }
    public required IReadOnlyList<ChainProject> Projects { get; init; }

    /// <summary>Of these, how many landed: they reached the stage at which credit is given.</summary>
    public required int Landed { get; init; }
}

/// <summary>An industry chain (R133). What it counts is what the reader may know.</summary>
public sealed record ChainView
{
    public required string Id { get; init; }

    /// <summary>As projects name it in <c>chain</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The leader at its head.</summary>
    public PersonRef? Leader { get; init; }
    public UnitRef? Department { get; init; }

    /// <summary>The firms that lead it (链主).</summary>
    public required IReadOnlyList<string> Masters { get; init; }
    public string? Note { get; init; }
    public required bool Active { get; init; }
    public required int Nodes { get; init; }

    /// <summary>Nodes with a project that landed.</summary>
    public required int Covered { get; init; }

    /// <summary>Covered ÷ nodes; absent where there is no node.</summary>
    public string? Coverage { get; init; }

    /// <summary>Nodes by state.</summary>
    public required IReadOnlyDictionary<string, int> States { get; init; }
    public DateOnly? ReviewedOn { get; init; }

    /// <summary>The day by which it is to be reviewed, each quarter.</summary>
    public required DateOnly ReviewDueOn { get; init; }
    public required bool ReviewOverdue { get; init; }

    /// <summary>Its reviews, the latest first, at most 20; only of a single chain.</summary>
    public IReadOnlyList<ChainReview>? Reviews { get; init; }
    public required IReadOnlyList<string> AllowedActions { get; init; }
    public required long Version { get; init; }
}

/// <summary>A chain as it is stored, with the names that belong to its ids.</summary>
public sealed class ChainRow
{
    public const int MostReviews = 20;

    public long Seq { get; init; }
    public required string Id { get; init; }
    public required string Name { get; init; }
    public string? LeaderId { get; init; }
    public string? LeaderName { get; init; }
    public string? DepartmentId { get; init; }
    public string? DepartmentName { get; init; }
    public string? Masters { get; init; }
    public string? Note { get; init; }
    public bool Active { get; init; }
    public DateOnly DrawnUpOn { get; init; }
    public DateOnly? ReviewedOn { get; init; }
    public long Version { get; init; }

    public IReadOnlyList<string> MasterList => Masters is null ? [] : Json.Read<List<string>>(Masters);

    /// <summary>How a caller stands to it: everybody who works with projects sees it, the department in charge tends it.</summary>
    public Relations RelationOf(Caller caller) =>
        caller.Role == Role.Department && DepartmentId is not null && caller.JurisdictionId == DepartmentId
            ? Relations.Own
        : Permissions.ReadsCity(caller) ? Relations.City
        : Relations.Summary;

    public ChainView View(
        Caller caller,
        IReadOnlyList<NodeView> nodes,
        DateOnly today,
        IReadOnlyList<ChainReview>? reviews = null
    )
    {
        var covered = nodes.Count(node => node.Landed > 0);
        var due = ChainRules.ReviewDueOn(DrawnUpOn, ReviewedOn);
        var actions = new List<string>();
        if (Permissions.Allows(caller, Act.ManageChains))
            actions.Add("edit");
        if (Permissions.Allows(caller, Act.TendChains, RelationOf(caller)))
            actions.AddRange(["put-nodes", "review"]);
        return new ChainView
        {
            Id = Id,
            Name = Name,
            Leader = LeaderId is null ? null : new PersonRef(LeaderId, LeaderName!),
            Department = DepartmentId is null ? null : new UnitRef(DepartmentId, DepartmentName!),
            Masters = MasterList,
            Note = Note,
            Active = Active,
            Nodes = nodes.Count,
            Covered = covered,
            Coverage = Ratios.Text(ChainRules.Coverage(covered, nodes.Count)),
            States = Enum.GetValues<NodeState>()
                .ToDictionary(Slug.Of, state => nodes.Count(node => node.State == state), StringComparer.Ordinal),
            ReviewedOn = ReviewedOn,
            ReviewDueOn = due,
            ReviewOverdue = Active && due < today,
            Reviews = reviews,
            AllowedActions = actions,
            Version = Version,
        };
    }

    public static async Task<ChainRow?> ById(Session session, string id) =>
        Ids.IsWellFormed(id) ? await session.One<ChainRow>($"{Select} WHERE c.id = @id", new { id }) : null;

    public static async Task<IReadOnlyList<ChainReview>> Reviews(Session session, string chainId) =>
        [
            .. (await session.Query<ReviewRow>(SelectReviews, new { chainId, limit = MostReviews })).Select(
                row => new ChainReview(
                    row.Id,
                    row.HeldOn,
                    row.Note,
                    new PersonRef(row.ReviewedBy, row.ReviewedByName),
                    row.ReviewedAt
                )
            ),
        ];

    private sealed class ReviewRow
    {
        public required string Id { get; init; }
        public DateOnly HeldOn { get; init; }
        public required string Note { get; init; }
        public required string ReviewedBy { get; init; }
        public required string ReviewedByName { get; init; }
        public DateTimeOffset ReviewedAt { get; init; }
    }

    public const string Select = """
        SELECT c.seq, c.id, c.name, c.leader_id, l.display_name AS leader_name, c.department_id, d.name AS department_name, c.masters, c.note, c.active, c.drawn_up_on, c.reviewed_on, c.version
        FROM chains c LEFT JOIN users l ON l.id = c.leader_id LEFT JOIN jurisdictions d ON d.id = c.department_id
        """;
    private const string SelectReviews =
        "SELECT id, held_on, note, reviewed_by, reviewed_by_name, reviewed_at FROM chain_reviews WHERE chain_id = @chainId ORDER BY held_on DESC, seq DESC {page}";
}
