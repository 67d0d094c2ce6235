using System.Globalization;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Capital;
using Pipeline.Domain.Imports;
using Pipeline.Domain.Rules;

namespace Pipeline.Api.Features.Imports;

/// <summary>Takes what is told of projects in: capital (R60), signing notices (R31), statistics of investment (R65).</summary>
internal sealed class TakeProjectRecords(
    Session session,
    Caller caller,
    SettleClaims settle,
    RuleSet rules,
    RecordKind kind,
    Act act,
    bool dryRun,
    string fileName
) : ITakeRecords
{
    private readonly HashSet<string> vouchers = new(StringComparer.Ordinal);
    private readonly HashSet<string> once = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> submitted = new(StringComparer.Ordinal);

    public async Task<TakenRecord> Take(RecordCells cells)
    {
        if (cells.Required(RecordFields.Code, 40) is not { } code)
            return TakenRecord.Refused([.. cells.Errors]);
        var found = await Project(code);
        return found.Refusal is { } refusal
                ? TakenRecord.Refused(new FieldError(RecordFields.Code, refusal.Slug, [.. refusal.Args]))
            : kind == RecordKind.Capital ? await Capital(found.Value, cells)
            : kind == RecordKind.SigningNotices ? await Notice(found.Value, cells)
            : await Investment(found.Value, cells);
    }

    /// <summary>Tells the centre once of what waits for it.</summary>
    public async Task End()
    {
        if (kind != RecordKind.Capital || dryRun)
            return;
        foreach (var (unit, count) in submitted)
            await session.Raise(new CapitalImported(unit, count, caller));
    }

    /// <summary>The project of a row; one that is not the caller's to write is not there (R20).</summary>
    private async Task<Result<ProjectRow>> Project(string code)
    {
        var unknown = new Refusal(RefusalKind.NotFound, "project-unknown");
        if (await session.One<string>("SELECT id FROM projects WHERE code = @code", new { code }) is not { } id)
            return unknown;
        var loaded = await LoadProject.ForWrite(session, settle, caller, id, act);
        return loaded.Refusal is { Slug: "unit-barred" } barred ? barred
            : loaded.Refusal is not null ? unknown
            : loaded.Value;
    }

    private async Task<TakenRecord> Capital(ProjectRow project, RecordCells cells)
    {
        var (on, amount) = (cells.Day("occurredOn"), cells.Amount(RecordFields.Amount));
        var (kind, voucherKind) = (cells.Choice<CapitalKind>("kind"), cells.Choice<VoucherKind>("voucherKind"));
        var (payer, voucherNo) = (cells.Text("payer", 200), cells.Required("voucherNo", 100));
        var named = cells.Text("files", 1000);
        if (cells.Errors.Count == 0)
        {
            // What is there already needs its file no more.
            var bare = new CapitalSaid(on!.Value, amount!.Value, kind!.Value, payer, voucherKind, voucherNo, []);
            if (await SameCapital(project, bare) is { } known)
                return new TakenRecord(RecordOutcome.Unchanged, known.Length == 0 ? null : known, []);
        }

        var files = await Files(named, project.Id);
        if (files is null)
            cells.Errors.Add(new FieldError("files", "unknown-file"));
        if (cells.Errors.Count > 0)
            return TakenRecord.Refused([.. cells.Errors]);
        var said = new CapitalSaid(on!.Value, amount!.Value, kind!.Value, payer, voucherKind, voucherNo, files!);
        if (
            await EnterCapital.RefusalOf(session, caller, project, said, rules, needsFile: caller.Unit is not null) is
            { } refusal
        )
            return TakenRecord.Refused(refusal);
        var doubts = new List<FieldError>();
        if (await IsUsedTwice(said))
            doubts.Add(new FieldError("voucherNo", "duplicate-voucher"));
        if (said.Files.Count == 0)
            doubts.Add(new FieldError("files", "voucher-file-missing"));
        if (dryRun)
            return new TakenRecord(RecordOutcome.Accepted, null, doubts);
        submitted[project.OwnerName] = submitted.GetValueOrDefault(project.OwnerName) + 1;
        return new TakenRecord(
            RecordOutcome.Accepted,
            await EnterCapital.Store(session, caller, project, said, rules),
            doubts,
            new RecordTrace(1, project.Id)
        );
    }

    /// <summary>The files that a cell names, by ids or by the names under which the caller uploaded them; null where one is not found, or several are called so.</summary>
    private async Task<IReadOnlyList<string>?> Files(string? text, string projectId)
    {
        var ids = new List<string>();
        foreach (
            var name in (text ?? "").Split(
                ['、', '；', ';', ','],
                StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
            )
        )
        {
            var found = Ids.IsWellFormed(name)
                ? [name]
                : await session.Query<string>(
                    FilesNamed,
                    new
                    {
                        name,
                        by = caller.UserId,
                        projectId,
                        unit = caller.JurisdictionId ?? "",
                        city = Permissions.ReadsCity(caller) ? 1 : 0,
                    }
                );
            if (found.Count != 1)
                return null;
            ids.Add(found[0]);
        }

        return ids;
    }

    /// <summary>The entry that says the same of the project already; empty where a row above does; null where nothing does.</summary>
    private async Task<string?> SameCapital(ProjectRow project, CapitalSaid said)
    {
        var key = EnterCapital.KeyOf(said.VoucherNo!);
        var found = await session.One<string>(
            Same,
            new
            {
                projectId = project.Id,
                on = said.OccurredOn,
                amount = said.Amount.Hundredths,
                currency = said.Amount.Currency,
                voucherKind = Slug.Of(said.VoucherKind!.Value),
                key,
            }
        );
        return found ?? (once.Add($"{project.Id}/{said.OccurredOn:O}/{VoucherOf(said)}") ? null : "");
    }

    /// <summary>Whether the same voucher is used elsewhere (R62): in the city for the centre, among the own for a unit, and in this file.</summary>
    private async Task<bool> IsUsedTwice(CapitalSaid said)
    {
        var again = !vouchers.Add(VoucherOf(said));
        return again
            || await session.One<string>(
                Used,
                new
                {
                    amount = said.Amount.Hundredths,
                    currency = said.Amount.Currency,
                    voucherKind = Slug.Of(said.VoucherKind!.Value),
                    key = EnterCapital.KeyOf(said.VoucherNo!),
                    all = caller.Unit is null ? 1 : 0,
                    unit = caller.Unit ?? "",
                }
            )
                is not null;
    }

    private static string VoucherOf(CapitalSaid said) =>
        $"{said.VoucherKind}/{EnterCapital.KeyOf(said.VoucherNo!)}/{said.Amount.Hundredths}/{said.Amount.Currency}";

    private async Task<TakenRecord> Notice(ProjectRow project, RecordCells cells)
    {
        var (on, amount) = (cells.Day("plannedSigningOn"), cells.Amount("agreedAmount"));
        var (parties, place) = (cells.Required("parties", 500), cells.Text("place", 200));
        var leaders = (cells.Text("leadersWanted", 400) ?? "").Split(
            ['、', '，', ',', ';', '；'],
            StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
        );
        if (leaders.Length > 10 || leaders.Any(leader => leader.Length > 40))
            cells.Errors.Add(new FieldError("leadersWanted", "count", 10));
        if (cells.Errors.Count > 0)
            return TakenRecord.Refused([.. cells.Errors]);
        var said = new NoticeSaid(on!.Value, parties!, amount!.Value, place, null, leaders);
        var open = await SigningNoticeRow.OpenOn(session, project.Id);
        if (
            open is not null
            && open.PlannedOn == said.PlannedOn
            && open.Parties == said.Parties
            && Money.FromHundredths(open.Amount, open.Currency) == said.Amount
        )
            return new TakenRecord(RecordOutcome.Unchanged, open.Id, []);
        if (!once.Add(project.Id))
            return TakenRecord.Refused(new FieldError(RecordFields.Code, "repeated"));
        if (FileNotice.RefusalOf(session, caller, project, said.PlannedOn) is { } refusal)
            return TakenRecord.Refused(refusal);
        if (dryRun)
            return new TakenRecord(RecordOutcome.Accepted, null, []);
        var id = await FileNotice.Store(session, caller, project, said, rules);
        var filed = (await SigningNoticeRow.OpenOn(session, project.Id))!;
        return new TakenRecord(
            RecordOutcome.Accepted,
            id,
            [],
            new RecordTrace(filed.Version, project.Id, Json.Node(NoticeTrace.Of(filed, open?.Id)))
        );
    }

    private async Task<TakenRecord> Investment(ProjectRow project, RecordCells cells)
    {
        var amount = cells.Amount(RecordFields.Amount);
        var source = cells.Text("source", 200) ?? Written.Cut(fileName, 200);
        var year = cells.Year("year");
        if (year < RecordInvestment.FirstYear || year > session.Today.Year)
            cells.Errors.Add(
                year > session.Today.Year
                    ? new FieldError("year", "future")
                    : new FieldError("year", "range", RecordInvestment.FirstYear, session.Today.Year)
            );
        if (cells.Errors.Count > 0)
            return TakenRecord.Refused([.. cells.Errors]);
        if (!once.Add($"{project.Id}/{year}"))
            return TakenRecord.Refused(new FieldError("year", "repeated"));
        var before = await FixedInvestmentRow.Of(session, project.Id, year!.Value);
        if (before.Amount == amount && before.Source == source)
            return new TakenRecord(RecordOutcome.Unchanged, project.Id, []);
        if (!dryRun)
            await RecordInvestment.Store(
                session,
                caller,
                project,
                year!.Value,
                amount!.Value,
                source,
                before.Amount,
                rules.Id
            );
        return new TakenRecord(
            RecordOutcome.Accepted,
            project.Id,
            [],
            new RecordTrace(
                before.Version + 1,
                year.Value.ToString(CultureInfo.InvariantCulture),
                Json.Node(
                    new InvestmentTrace(
                        new StatedInvestment(amount!.Value, source),
                        before.Amount is { } known ? new StatedInvestment(known, before.Source!) : null
                    )
                )
            )
        );
    }

    private const string FilesNamed = """
        SELECT id FROM files WHERE name = @name
          AND ((project_id IS NULL AND claim_id IS NULL AND dispute_id IS NULL AND uploaded_by = @by) OR (project_id = @projectId AND (@city = 1 OR jurisdiction_id = @unit)))
        """;
    private const string Same =
        "SELECT id FROM capital_entries WHERE voucher_key = @key AND voucher_kind = @voucherKind AND amount = @amount AND currency = @currency AND occurred_on = @on AND project_id = @projectId AND status IN ('pending', 'verified')";
    private const string Used =
        "SELECT id FROM capital_entries WHERE voucher_key = @key AND voucher_kind = @voucherKind AND amount = @amount AND currency = @currency AND status IN ('pending', 'verified') AND (@all = 1 OR jurisdiction_id = @unit)";
}
