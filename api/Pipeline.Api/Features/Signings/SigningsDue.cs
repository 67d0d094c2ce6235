using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Domain.Projects;

namespace Pipeline.Api.Features.Signings;

/// <summary>The last days on which notices of planned signings would be in time, where none was filed (R30).</summary>
public sealed class NoticesToFileDue : IDueSource
{
    public async Task<IEnumerable<DueItem>> Find(Session session, Caller caller, DueWindow window)
    {
        if (!Permissions.Allows(caller, Act.ReadSigningNotices))
            return [];
        var where = DueItems.Concerning(caller);
        where.Add(
            "p.notice_by IS NOT NULL AND NOT EXISTS (SELECT 1 FROM signing_notices n WHERE n.project_id = p.id AND n.status = 'open')"
        );
        return (await window.ByDay<Row>(session, Select, where, "p.notice_by", "p.seq")).Select(row =>
            row.Item(DueKind.NoticeToFile, "project", $"/projects/{row.Id}", window) with
            {
                PlannedOn = Json.Read<ProjectBody>(row.Facts).PlannedSigningOn,
            }
        );
    }

    private sealed class Row : DueRow
    {
        public required string Facts { get; init; }
    }

    private const string Select = """
        SELECT p.seq, p.id, p.notice_by AS on_day, p.id AS project_id, p.code AS project_code, p.name AS project_name, p.secret, p.owner_id AS unit_id, o.name AS unit_name, p.facts
        FROM projects p JOIN jurisdictions o ON o.id = p.owner_id
        """;
}

/// <summary>The signings of which notice was given, to leaders all that are coming (R31): those whose notice would be late among them (R32).</summary>
public sealed class SigningsDue : IDueSource
{
    public async Task<IEnumerable<DueItem>> Find(Session session, Caller caller, DueWindow window)
    {
        if (!Permissions.Allows(caller, Act.ReadSigningNotices))
            return [];
        var where = SigningFilter.Visible(caller);
        where.Add("n.status = 'open'");
        return (await window.ByDay<Row>(session, Select, where, "n.planned_on", "n.seq")).Select(row =>
            row.Item(
                row.Timely || row.Waived ? DueKind.SigningPlanned : DueKind.SigningLate,
                "signing-notice",
                $"/projects/{row.ProjectId}",
                window
            ) with
            {
                PlannedOn = row.OnDay,
            }
        );
    }

    private sealed class Row : DueRow
    {
        public bool Timely { get; init; }
        public bool Waived { get; init; }
    }

    private const string Select = """
        SELECT n.seq, n.id, n.planned_on AS on_day, n.project_id, p.code AS project_code, p.name AS project_name, p.secret, p.owner_id AS unit_id, o.name AS unit_name, n.timely,
          CASE WHEN n.waived_at IS NULL THEN 0 ELSE 1 END AS waived
        FROM signing_notices n JOIN projects p ON p.id = n.project_id JOIN jurisdictions o ON o.id = p.owner_id
        """;
}
