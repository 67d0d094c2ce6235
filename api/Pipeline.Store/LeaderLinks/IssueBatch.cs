using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.LeaderLinks;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;

namespace Pipeline.Store.LeaderLinks;

/// <summary>Judges what a batch would change, and issues it: all of it at once (R81).</summary>
public static class IssueBatch
{
    /// <summary>What is wrong with a batch as the links stand, member by member; empty where it could be issued.</summary>
    public static async Task<IReadOnlyList<FieldError>> Judge(Session session, LeaderBatchBody batch, RuleSet rules)
    {
        var errors = new List<FieldError>();
        var year = session.Today.Year;
        var touched = (batch.Replacements ?? [])
            .Select(each => each.LinkId!)
            .Concat((batch.CloseOuts ?? []).Select(each => each.LinkId!))
            .ToList();
        var links = (await Links(session, touched)).ToDictionary(link => link.Id, StringComparer.Ordinal);
        var projectIds = (batch.Links ?? [])
            .Select(each => each.ProjectId!)
            .Concat(links.Values.Select(link => link.ProjectId))
            .Distinct()
            .ToList();
        var projects = (await Projects(session, projectIds)).ToDictionary(row => row.Id, StringComparer.Ordinal);
        var leaders = (
            await Leaders(
                session,
                (batch.Links ?? [])
                    .Select(each => each.LeaderId!)
                    .Concat((batch.Replacements ?? []).Select(each => each.LeaderId!))
            )
        ).ToHashSet(StringComparer.Ordinal);
        var named = await Named(session, projectIds);

        // How the links would stand, change by change in the order in which they are made.
        var open = (await OpenOn(session, projectIds)).ToDictionary(link => link.Id, StringComparer.Ordinal);
        var standing = open.Values.Select(link => (link.ProjectId, link.LeaderId, link.Role)).ToList();
        var once = new HashSet<string>(StringComparer.Ordinal);

        foreach (var (i, closed) in (batch.CloseOuts ?? []).Index())
        {
            var at = $"closeOuts.{i}";
            if (!open.TryGetValue(closed.LinkId!, out var link) || !once.Add(closed.LinkId!))
                errors.Add(new FieldError($"{at}.linkId", "link-not-open"));
            else if (!LeaderRules.MayClose(closed.Reason!.Value, projects[link.ProjectId].Linkable(rules), rules, year))
                errors.Add(new FieldError($"{at}.reason", "close-out-unfounded", closed.Reason.Value));
            else
                standing.Remove((link.ProjectId, link.LeaderId, link.Role));
        }

        foreach (var (i, replaced) in (batch.Replacements ?? []).Index())
        {
            var at = $"replacements.{i}";
            if (!open.TryGetValue(replaced.LinkId!, out var link) || !once.Add(replaced.LinkId!))
            {
                errors.Add(new FieldError($"{at}.linkId", "link-not-open"));
                continue;
            }

            standing.Remove((link.ProjectId, link.LeaderId, link.Role));
            Add(projects[link.ProjectId], replaced.LeaderId!, link.Role, at, $"{at}.linkId");
        }

        foreach (var (i, link) in (batch.Links ?? []).Index())
        {
            var at = $"links.{i}";
            if (!projects.TryGetValue(link.ProjectId!, out var project))
                errors.Add(new FieldError($"{at}.projectId", "no-such-project"));
            else if (!LeaderRules.IsEligible(project.Linkable(rules), rules, year))
                errors.Add(new FieldError($"{at}.projectId", "not-linkable"));
            else
                Add(project, link.LeaderId!, Slug.Of(link.Role!.Value), at, $"{at}.projectId");
        }

        return errors;

        void Add(Row project, string leader, string role, string at, string projectAt)
        {
            if (!leaders.Contains(leader))
                errors.Add(new FieldError($"{at}.leaderId", "no-such-leader"));
            else if (project.Secret && !named.Contains((project.Id, leader)))
                errors.Add(new FieldError($"{at}.leaderId", "leader-not-named"));
            else if (standing.Any(one => one.ProjectId == project.Id && one.LeaderId == leader))
                errors.Add(new FieldError($"{at}.leaderId", "already-linked"));
            else if (role == "lead" && standing.Any(one => one.ProjectId == project.Id && one.Role == "lead"))
                errors.Add(new FieldError(projectAt, "lead-taken"));
            else
                standing.Add((project.Id, leader, role));
        }
    }

    /// <summary>Makes and closes the links of a judged batch under its number. The caller holds the lock of intake, alone.</summary>
    public static async Task Make(Session session, LeaderBatchRow batch, long number, RuleSet rules, Caller actor)
    {
        var changes = batch.Changes;
        var closed = new List<string>();
        var made = new List<string>();
        foreach (var each in changes.CloseOuts ?? [])
            await Close(each.LinkId!, each.Reason!.Value);
        foreach (var each in changes.Replacements ?? [])
        {
            var link = await Close(each.LinkId!, LinkEnd.Replaced);
            await Add(link.ProjectId, each.LeaderId!, link.Role, link.Id);
        }

        foreach (var each in changes.Links ?? [])
            await Add(each.ProjectId!, each.LeaderId!, Slug.Of(each.Role!.Value), null);
        var (madeRows, closedRows) = (await Links(session, made), await Links(session, closed));
        foreach (var row in closedRows)
            Timeline.Add(
                session,
                row.ProjectId,
                EntryKind.LeaderUnlinked,
                actor,
                row.OwnerId,
                after: new
                {
                    leader = row.LeaderName,
                    batch = number,
                    reason = row.EndReason,
                }
            );
        foreach (var row in madeRows)
            Timeline.Add(
                session,
                row.ProjectId,
                EntryKind.LeaderLinked,
                actor,
                row.OwnerId,
                after: new
                {
                    leader = row.LeaderName,
                    role = row.Role,
                    batch = number,
                }
            );
        foreach (var project in madeRows.Concat(closedRows).Select(row => row.ProjectId).Distinct())
            await StoreProject.Touch(session, project, publicly: false);
        await session.Raise(new LeaderBatchIssued(batch.Id, number, madeRows, closedRows, actor));

        async Task<LeaderLinkRow> Close(string id, LinkEnd reason)
        {
            await session.ExecuteOnOne(
                CloseLink,
                new
                {
                    id,
                    today = session.Today,
                    number,
                    reason = Slug.Of(reason),
                }
            );
            closed.Add(id);
            return (await Links(session, [id]))[0];
        }

        async Task Add(string projectId, string leaderId, string role, string? replaces)
        {
            var id = Ids.New();
            await session.Execute(
                InsertLink,
                new
                {
                    id,
                    leaderId,
                    projectId,
                    role,
                    since = session.Today,
                    number,
                    replaces,
                    due = LeaderRules.ContactDueOn(session.Today, null, rules),
                    ruleSetId = rules.Id,
                }
            );
            made.Add(id);
        }
    }

    private static async Task<List<LeaderLinkRow>> Links(Session session, IReadOnlyList<string> ids) =>
        ids.Count == 0
            ? []
            : await session.Query<LeaderLinkRow>($"{LeaderLinkRow.Select} WHERE k.id IN @ids", new { ids });

    private static async Task<List<LeaderLinkRow>> OpenOn(Session session, IReadOnlyList<string> ids) =>
        ids.Count == 0
            ? []
            : await session.Query<LeaderLinkRow>(
                $"{LeaderLinkRow.Select} WHERE k.project_id IN @ids AND k.ended_on IS NULL",
                new { ids }
            );

    private static async Task<List<Row>> Projects(Session session, IReadOnlyList<string> ids) =>
        ids.Count == 0 ? [] : await session.Query<Row>(SelectProjects, new { ids });

    private static async Task<List<string>> Leaders(Session session, IEnumerable<string> some)
    {
        var ids = some.Distinct().ToList();
        return ids.Count == 0 ? [] : await session.Query<string>(SelectLeaders, new { ids });
    }

    private static async Task<HashSet<(string, string)>> Named(Session session, IReadOnlyList<string> ids) =>
        ids.Count == 0
            ? []
            : [.. (await session.Query<NamedRow>(SelectNamed, new { ids })).Select(row => (row.ProjectId, row.UserId))];

    /// <summary>A project as a link is judged by.</summary>
    private sealed class Row
    {
        public required string Id { get; init; }
        public required string Stage { get; init; }
        public bool Secret { get; init; }
        public long? Amount { get; init; }
        public string? Currency { get; init; }
        public DateOnly? SignedOn { get; init; }
        public DateOnly? RegisteredOn { get; init; }
        public DateOnly? StartedOn { get; init; }

        public LinkableProject Linkable(RuleSet rules) =>
            new(
                Slug.To<Stage>(Stage),
                Amount is { } amount ? Money.FromHundredths(amount, Currency!) : null,
                rules.CreditStage switch
                {
                    Domain.Projects.Stage.Signed => SignedOn,
                    Domain.Projects.Stage.Started => StartedOn,
                    _ => RegisteredOn,
                }
                    is not null
            );
    }

    private sealed class NamedRow
    {
        public required string ProjectId { get; init; }
        public required string UserId { get; init; }
    }

    private const string SelectProjects =
        "SELECT id, stage, secret, amount, currency, signed_on, registered_on, started_on FROM projects WHERE id IN @ids";
    private const string SelectLeaders = "SELECT id FROM users WHERE id IN @ids AND role = 'leader' AND active = 1";
    private const string SelectNamed = "SELECT project_id, user_id FROM project_leaders WHERE project_id IN @ids";
    private const string CloseLink =
        "UPDATE leader_links SET ended_on = @today, end_batch = @number, end_reason = @reason WHERE id = @id AND ended_on IS NULL";
    private const string InsertLink = """
        INSERT INTO leader_links (id, leader_id, project_id, role, since, batch, replaces_id, contact_due_on, rule_set_id)
        VALUES (@id, @leaderId, @projectId, @role, @since, @number, @replaces, @due, @ruleSetId)
        """;
}
