using System.Globalization;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Assessment;
using Pipeline.Domain.Capital;
using Pipeline.Domain.Imports;
using Pipeline.Domain.Rules;

namespace Pipeline.Api.Features.Imports;

/// <summary>Takes a sheet of capital (R60), signing notices (R31) or statistics (R65) in, row by row under the rights and rules of the single call; every row is accounted for (R50), and what the library says already is left as it is (R53).</summary>
public static class TakeRecords
{
    private const int MostRows = 2_000,
        MostRowsAbove = 10;

    private sealed record Request(RecordKind Kind, bool DryRun, string FileName, byte[] Content);

    /// <summary>A sheet understood.</summary>
    private sealed record Table(
        IReadOnlyList<string> Headings,
        IReadOnlyList<RecordField?> Fields,
        IReadOnlyList<SheetRow> Rows
    );

    /// <summary>What came of a row.</summary>
    private sealed record Taken(RecordOutcome Outcome, string? RecordId, IReadOnlyList<FieldError> Issues)
    {
        public static Taken Refused(params FieldError[] issues) => new(RecordOutcome.Rejected, null, issues);

        public static Taken Refused(Refusal refusal) =>
            refusal.Errors.Count > 0
                ? new Taken(RecordOutcome.Rejected, null, refusal.Errors)
                : Refused(new FieldError("", refusal.Slug, [.. refusal.Args]));
    }

    public static async Task<IResult> Handle(Call call, SettleClaims settle, RuleBooks ruleBooks)
    {
        var (request, refusal) = await Read(call.Request);
        var language = Messages.Language(call.Request);
        return await call.Write(async session =>
        {
            if (refusal is not null)
                return refusal;
            if (ActOf(request!.Kind) is var act && !Permissions.Allows(call.Caller, act))
                return Refusal.Forbidden;
            Table table;
            try
            {
                table = Understand(request.Kind, SheetReader.Read(request.Content, call.Context.RequestAborted));
            }
            catch (UnreadableSheetException error)
            {
                return Refusal.Invalid(new FieldError("file", error.Code, [.. error.Args]));
            }

            // Several projects at once are guarded under the lock of the intake alone.
            await session.Lock(IsOfProjects(request.Kind) ? LockName.Intake : LockName.Assessment);
            var run = new Run(
                session,
                call.Caller,
                settle,
                await ruleBooks.Current(session),
                request.DryRun,
                request.FileName
            );
            var rows = new List<KeptRecordRow>();
            foreach (var row in table.Rows)
                rows.Add(Kept(table, row, await run.Take(request.Kind, new Cells(table.Fields, table.Headings, row))));
            await run.End(request.Kind);
            var kept = await Keep(session, call.Caller, request, table, rows);
            var view = kept.View(language) with { Id = request.DryRun ? null : kept.Id, DryRun = request.DryRun };
            return request.DryRun
                ? Reply.Plain(view)
                : Reply.Resource(view, 1, 201, $"/api/v1/record-imports/{kept.Id}");
        });
    }

    /// <summary>Whether the rows name projects.</summary>
    private static bool IsOfProjects(RecordKind kind) => kind is not (RecordKind.Targets or RecordKind.IndicatorValues);

    /// <summary>What the caller must be allowed to do, row by row.</summary>
    private static Act ActOf(RecordKind kind) =>
        kind switch
        {
            RecordKind.Capital => Act.SubmitCapital,
            RecordKind.SigningNotices => Act.FileSigningNotice,
            RecordKind.Targets => Act.SetTarget,
            RecordKind.IndicatorValues => Act.StateValue,
            _ => Act.RecordInvestment,
        };

    private static async Task<(Request? Request, Refusal? Refusal)> Read(HttpRequest request)
    {
        var (form, malformed) = await Upload.Read(request);
        if (malformed is not null)
            return (null, malformed);
        var query = new QueryReader(request);
        var errors = new List<FieldError>();
        var dryRun = query.FlagOrNull("dryRun") ?? false;
        if (form.Fields.TryGetValue("dryRun", out var flag))
        {
            if (flag is not ("true" or "false"))
                errors.Add(new FieldError("dryRun", "boolean"));
            dryRun = flag == "true";
        }

        var kind = query.Choice<RecordKind>("kind");
        if (query.Refusal() is { } wrong)
            return (null, wrong);
        if (form.Fields.TryGetValue("kind", out var named) && named.Length > 0)
        {
            if (Slug.TryTo<RecordKind>(named, out var said))
                kind = said;
            else
                errors.Add(new FieldError("kind", "choice", string.Join(", ", Slug.All<RecordKind>())));
        }
        else if (kind is null)
        {
            errors.Add(new FieldError("kind", "required"));
        }

        if (form.FileName is not { } fileName)
            errors.Add(new FieldError("file", "required"));
        else if (!Validation.Readable(fileName))
            errors.Add(new FieldError("file", "characters"));
        else if (!Validation.OneLine(fileName))
            errors.Add(new FieldError("file", "one-line"));
        else if (SheetReader.KindRefused(form.Content, fileName) is { } refused)
            errors.Add(new FieldError("file", refused));
        if (errors.Count > 0)
            return (null, Refusal.Invalid([.. errors]));
        using var content = new MemoryStream();
        await form.Content.CopyToAsync(content, request.HttpContext.RequestAborted);
        var name = Path.GetFileName(form.FileName!.Replace('\\', '/'));
        return (new Request(kind!.Value, dryRun, name.Length <= 200 ? name : name[^200..], content.ToArray()), null);
    }

    /// <summary>Finds the headings and the rows below them.</summary>
    /// <exception cref="UnreadableSheetException">There is more than one sheet, no row of headings, or too many rows.</exception>
    private static Table Understand(RecordKind kind, IReadOnlyList<RegisterSheet> sheets)
    {
        var shown = sheets.Where(sheet => !sheet.IsHidden && sheet.Rows.Count > 0).ToList();
        if (shown.Count != 1)
            throw new UnreadableSheetException("one-sheet");
        var sheet = shown[0];
        for (var at = 0; at < Math.Min(MostRowsAbove, sheet.Rows.Count); at++)
        {
            List<string> headings = [.. sheet.Rows[at].Cells.Select(cell => Written.Tidy(cell.Text))];
            var fields = RecordFields.Map(kind, headings);
            var needed = RecordFields.Of(kind).Where(field => field.IsRequired).Select(field => field.Key).ToList();
            if (fields.Count(field => field is not null) < 2)
                continue;
            if (
                needed.Except(fields.OfType<RecordField>().Select(field => field.Key)).ToList() is
                { Count: > 0 } missing
            )
                throw new UnreadableSheetException(
                    "columns-missing",
                    string.Join(
                        '、',
                        RecordFields.Of(kind).Where(field => missing.Contains(field.Key)).Select(field => field.Zh)
                    )
                );
            List<SheetRow> rows = [.. sheet.Rows.Skip(at + 1).Where(row => !row.IsBlank)];
            if (rows.Count > MostRows)
                throw new UnreadableSheetException("sheet-rows", MostRows);
            return rows.Count > 0
                ? new Table(headings, fields, rows)
                : throw new UnreadableSheetException("sheet-empty");
        }

        throw new UnreadableSheetException("no-headings");
    }

    private static KeptRecordRow Kept(Table table, SheetRow row, Taken taken) =>
        new(
            row.Number,
            taken.Outcome,
            taken.RecordId,
            [
                .. taken.Issues.Select(issue =>
                {
                    var member = issue.Field.Split('[', '.')[0];
                    var at = table.Fields.ToList().FindIndex(field => field is not null && Means(field, member));
                    return new KeptRecordIssue(
                        at < 0 ? null : table.Headings[at],
                        member.Length == 0 ? null : member,
                        issue.Code,
                        [.. issue.Args.Select(Shown)]
                    );
                }),
            ],
            row.Cells.Select((cell, at) => (Heading: HeadingAt(table, at), cell.Original))
                .Where(cell => cell.Original.Length > 0)
                .GroupBy(cell => cell.Heading)
                .ToDictionary(group => group.Key, group => string.Join(" | ", group.Select(cell => cell.Original)))
        );

    private static bool Means(RecordField field, string member) =>
        field.Key == member || (member == RecordFields.Amount && field.Key == "agreedAmount");

    private static string HeadingAt(Table table, int at) =>
        at < table.Headings.Count && table.Headings[at].Length > 0
            ? table.Headings[at]
            : (at + 1).ToString(CultureInfo.InvariantCulture);

    private static string Shown(object arg) =>
        arg is Enum value ? Messages.KeyOf(value) : Convert.ToString(arg, CultureInfo.InvariantCulture) ?? "";

    private static async Task<RecordImportRow> Keep(
        Session session,
        Caller caller,
        Request request,
        Table table,
        IReadOnlyList<KeptRecordRow> rows
    )
    {
        var kept = new RecordImportRow
        {
            Id = Ids.New(),
            Kind = Slug.Of(request.Kind),
            FileName = request.FileName,
            JurisdictionId = caller.JurisdictionId,
            CreatedBy = caller.UserId,
            CreatedByName = caller.DisplayName,
            CreatedAt = session.Now,
            RowsAccepted = rows.Count(row => row.Outcome == RecordOutcome.Accepted),
            RowsUnchanged = rows.Count(row => row.Outcome == RecordOutcome.Unchanged),
            RowsRejected = rows.Count(row => row.Outcome == RecordOutcome.Rejected),
            RowsDoubtful = rows.Count(row => row.Outcome == RecordOutcome.Accepted && row.Issues.Count > 0),
            ColumnsRead = Json.Write(
                table.Headings.Zip(table.Fields, (heading, field) =>
                    new RecordColumn(heading, field is { IsRead: true } ? field.Key : null)
                )
            ),
            RowsTaken = Json.Write(rows),
        };
        if (!request.DryRun)
            await session.Execute(
                Insert,
                new
                {
                    id = kept.Id,
                    kind = kept.Kind,
                    fileName = kept.FileName,
                    unit = kept.JurisdictionId,
                    by = kept.CreatedBy,
                    byName = kept.CreatedByName,
                    now = kept.CreatedAt,
                    accepted = kept.RowsAccepted,
                    unchanged = kept.RowsUnchanged,
                    rejected = kept.RowsRejected,
                    doubtful = kept.RowsDoubtful,
                    columns = kept.ColumnsRead,
                    rows = kept.RowsTaken,
                }
            );
        return kept;
    }

    /// <summary>The cells of a row by field.</summary>
    private sealed class Cells(IReadOnlyList<RecordField?> fields, IReadOnlyList<string> headings, SheetRow row)
    {
        public List<FieldError> Errors { get; } = [];

        private int At(string key)
        {
            for (var at = 0; at < fields.Count; at++)
            {
                if (fields[at] is { IsRead: true } field && field.Key == key)
                    return at;
            }

            return -1;
        }

        private RawCell Cell(string key) =>
            At(key) is var at and >= 0 && at < row.Cells.Count ? row.Cells[at] : default;

        /// <summary>What stands there; null where nothing does.</summary>
        public string? Text(string key, int most)
        {
            var text = Written.Tidy(Cell(key).Text ?? "");
            if (text.Length <= most && Validation.Readable(text) && Validation.OneLine(text))
                return text.Length == 0 ? null : text;
            Errors.Add(new FieldError(key, text.Length > most ? "length" : "characters", 0, most));
            return null;
        }

        public string? Required(string key, int most)
        {
            var before = Errors.Count;
            var text = Text(key, most);
            if (text is null && Errors.Count == before)
                Errors.Add(new FieldError(key, "required"));
            return text;
        }

        public DateOnly? Day(string key)
        {
            var cell = Cell(key);
            var read = Dates.Parse(cell.Text ?? "", cell.Numeric);
            if (read.Value is null || read.Doubts.Count > 0)
                Errors.Add(
                    read.Doubts.Count > 0
                        ? new FieldError(key, read.Doubts[0].Code, read.Doubts[0].Args)
                        : new FieldError(key, "required")
                );
            return read.Value;
        }

        /// <summary>An exact amount of money: a voucher tells no other.</summary>
        public Money? Amount(string key)
        {
            var unit = At(key) is var at and >= 0 ? RecordFields.UnitOf(headings[at]) : null;
            var currency = Text(RecordFields.Currency, 20) is { } said
                ? Amounts.Currency(said) ?? said.ToUpperInvariant()
                : null;
            var cell = Cell(key);
            var read = Amounts.Parse(
                cell.Text ?? "",
                new AmountUnit(unit?.Scale ?? 1, currency ?? unit?.Currency ?? "CNY")
            );
            var doubt = read.Doubts.FirstOrDefault(doubt =>
                doubt.Code is not (ImportCodes.Implausible or ImportCodes.CurrencyAssumed)
            );
            if (read.Value is not { } amount || doubt is not null)
                Errors.Add(
                    doubt is null ? new FieldError(key, "required") : new FieldError(key, doubt.Code, doubt.Args)
                );
            else if (!Validation.Currencies.Contains(amount.Currency))
                Errors.Add(new FieldError(RecordFields.Currency, "currency"));
            else if (!amount.IsStorable || amount.Amount <= 0)
                Errors.Add(new FieldError(key, amount.IsStorable ? "amount-positive" : "amount"));
            return read.Value;
        }

        /// <summary>A value of an indicator in its own unit; money may come with the unit of its heading (亿元), shares in per cent.</summary>
        public decimal? Value(string key, IndicatorUnit of)
        {
            var cell = Cell(key);
            var text = Written.Tidy(cell.Text ?? "").Replace(",", "", StringComparison.Ordinal);
            if (text.Length == 0)
            {
                Errors.Add(new FieldError(key, "required"));
                return null;
            }

            var unit = At(key) is var at and >= 0 ? RecordFields.UnitOf(headings[at]) : null;
            decimal? value = null;
            if (of is IndicatorUnit.Cny or IndicatorUnit.Usd)
            {
                var currency = of == IndicatorUnit.Usd ? "USD" : "CNY";
                var read = Amounts.Parse(text, new AmountUnit(unit?.Scale ?? 1, unit?.Currency ?? currency));
                if (read.Value is { } money && money.Currency != currency)
                    Errors.Add(new FieldError(key, "indicator-currency", currency));
                else
                    value = read.Doubts.All(doubt =>
                        doubt.Code is ImportCodes.Implausible or ImportCodes.CurrencyAssumed
                    )
                        ? read.Value?.Amount
                        : null;
            }
            else
            {
                var percent = of == IndicatorUnit.Share && (text.EndsWith('%') || headings[At(key)].Contains('%'));
                value = decimal.TryParse(
                    text.TrimEnd('%', '个', '家', '项', '场', '次', '支', '只'),
                    NumberStyles.AllowDecimalPoint,
                    CultureInfo.InvariantCulture,
                    out var number
                )
                    ? number / (percent ? 100 : 1)
                    : null;
            }

            if (value is not { } known || !Millionths.CanStore(known))
            {
                if (Errors.All(error => error.Field != key))
                    Errors.Add(new FieldError(key, "indicator-value"));
                return null;
            }

            return known;
        }

        /// <summary>A choice by its word in either language, or as the contract writes it.</summary>
        public T? Choice<T>(string key, bool required = true)
            where T : struct, Enum
        {
            var text = Text(key, 100);
            if (text is null)
            {
                if (required)
                    Errors.Add(new FieldError(key, "required"));
                return null;
            }

            var plain = Written.Bare(text);
            foreach (var value in Enum.GetValues<T>())
            {
                string[] words =
                [
                    Slug.Of(value),
                    Messages.Text(Messages.Chinese, Messages.KeyOf(value)),
                    Messages.Text(Messages.English, Messages.KeyOf(value)),
                ];
                if (words.Any(word => Written.Bare(word) == plain))
                    return value;
            }

            Errors.Add(new FieldError(key, "choice", string.Join(", ", Slug.All<T>())));
            return null;
        }
    }

    /// <summary>One import while its rows go in.</summary>
    private sealed class Run(
        Session session,
        Caller caller,
        SettleClaims settle,
        RuleSet rules,
        bool dryRun,
        string fileName
    )
    {
        private readonly HashSet<string> vouchers = new(StringComparer.Ordinal);
        private readonly HashSet<string> once = new(StringComparer.Ordinal);
        private readonly Dictionary<string, int> submitted = new(StringComparer.Ordinal);
        private IReadOnlyList<JurisdictionRow>? units;
        private IReadOnlyList<IndicatorDefinition>? indicators;

        public async Task<Taken> Take(RecordKind kind, Cells cells)
        {
            if (!IsOfProjects(kind))
                return await Assessment(kind, cells);
            if (cells.Required(RecordFields.Code, 40) is not { } code)
                return Taken.Refused([.. cells.Errors]);
            var found = await Project(code, ActOf(kind));
            return found.Refusal is { } refusal
                    ? Taken.Refused(new FieldError(RecordFields.Code, refusal.Slug, [.. refusal.Args]))
                : kind == RecordKind.Capital ? await Capital(found.Value, cells)
                : kind == RecordKind.SigningNotices ? await Notice(found.Value, cells)
                : await Investment(found.Value, cells);
        }

        /// <summary>A target, or what is stated of an indicator: the unit and the indicator by their names, codes or ids.</summary>
        private async Task<Taken> Assessment(RecordKind kind, Cells cells)
        {
            units ??= [.. (await JurisdictionRow.All(session)).Where(unit => unit.Reports)];
            indicators ??= await IndicatorRow.InUse(session);
            var unit = UnitOf(cells.Required("jurisdiction", 100));
            if (unit is null && cells.Errors.Count == 0)
                cells.Errors.Add(new FieldError("jurisdiction", "unit-unknown"));
            var named = cells.Required("indicator", 200) is { } words ? Written.Bare(words) : null;
            var indicator = indicators.FirstOrDefault(one =>
                new[] { one.Id, one.Name, one.NameEn ?? one.Name }.Any(name => Written.Bare(name) == named)
            );
            if (named is not null && indicator is null)
                cells.Errors.Add(new FieldError("indicator", "indicator"));
            var value = indicator is null ? null : cells.Value("value", indicator.Unit);
            return kind == RecordKind.Targets
                ? await Target(cells, unit, indicator, value)
                : await Statement(cells, unit, indicator, value);
        }

        /// <summary>The unit that a cell names, empty for the city; null where it names none that reports.</summary>
        private string? UnitOf(string? text)
        {
            if (text is null)
                return null;
            var plain = Written.Bare(text);
            string[] city =
            [
                TargetRow.City,
                Messages.Text(Messages.Chinese, "export.city"),
                Messages.Text(Messages.English, "export.city"),
                "全市",
            ];
            return city.Any(word => Written.Bare(word) == plain)
                ? ""
                : units!
                    .FirstOrDefault(unit =>
                        unit.Id == text
                        || new[] { unit.Code, unit.Name, unit.NameEn ?? unit.Name }
                            .Concat(unit.AliasList)
                            .Any(name => Written.Bare(name) == plain)
                    )
                    ?.Id;
        }

        private async Task<Taken> Target(Cells cells, string? unit, IndicatorDefinition? indicator, decimal? value)
        {
            var text = cells.Required("year", 10)?.TrimEnd('年');
            var year = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var known) ? known : 0;
            if (text is not null && year is < TargetRow.FirstYear or > TargetRow.LastYear)
                cells.Errors.Add(new FieldError("year", "range", TargetRow.FirstYear, TargetRow.LastYear));
            bool? binding = cells.Text("binding", 10) switch
            {
                null => true,
                var said when IsWord(said, "export.yes") => true,
                var said when IsWord(said, "export.no") => false,
                _ => null,
            };
            if (binding is null)
                cells.Errors.Add(new FieldError("binding", "boolean"));
            var reason = cells.Text("reason", 500) ?? Written.Cut(fileName, 200);
            if (cells.Errors.Count > 0)
                return Taken.Refused([.. cells.Errors]);
            if (!once.Add($"{year}/{unit}/{indicator!.Id}"))
                return Taken.Refused(new FieldError("indicator", "repeated"));
            var last = (await TargetRow.Versions(session, year, unit!, indicator.Id)).LastOrDefault();
            if (last is not null && last.Number == value && last.Binding == binding)
                return new Taken(RecordOutcome.Unchanged, null, []);
            if (!dryRun)
                await TargetRow.Add(
                    session,
                    caller,
                    year,
                    unit!,
                    indicator.Id,
                    (last?.Version ?? 0) + 1,
                    value,
                    binding!.Value,
                    reason
                );
            return new Taken(RecordOutcome.Accepted, null, []);
        }

        private static bool IsWord(string said, string key) =>
            Written.Bare(said) is var plain
            && (
                Written.Bare(Messages.Text(Messages.Chinese, key)) == plain
                || Written.Bare(Messages.Text(Messages.English, key)) == plain
            );

        private async Task<Taken> Statement(Cells cells, string? unit, IndicatorDefinition? indicator, decimal? value)
        {
            var period = cells.Required("period", 10)?.TrimEnd('年');
            var months = period is null ? null : Domain.Credit.Periods.Months(period);
            if (period is not null && months is null)
                cells.Errors.Add(new FieldError("period", "period"));
            else if (
                months is { } known
                && string.CompareOrdinal(known.First, Domain.Credit.Periods.MonthOf(session.Today)) > 0
            )
                cells.Errors.Add(new FieldError("period", "future"));
            if (indicator is { IsStated: false })
                cells.Errors.Add(new FieldError("indicator", "indicator-of-ledger"));
            var source = cells.Text("source", 500) ?? Written.Cut(fileName, 200);
            if (cells.Errors.Count > 0)
                return Taken.Refused([.. cells.Errors]);
            if (!once.Add($"{period}/{unit}/{indicator!.Id}"))
                return Taken.Refused(new FieldError("indicator", "repeated"));
            var last = (await StatedRow.Versions(session, indicator.Id, unit!, period!)).LastOrDefault();
            if (last is not null && last.Number == value && last.Source == source)
                return new Taken(RecordOutcome.Unchanged, null, []);
            if (!dryRun)
                await StatedRow.Add(
                    session,
                    caller,
                    indicator.Id,
                    unit!,
                    period!,
                    (last?.Version ?? 0) + 1,
                    value,
                    source
                );
            return new Taken(RecordOutcome.Accepted, null, []);
        }

        /// <summary>Tells the centre once of what waits for it.</summary>
        public async Task End(RecordKind kind)
        {
            if (kind != RecordKind.Capital || dryRun)
                return;
            foreach (var (unit, count) in submitted)
                await session.Raise(new CapitalImported(unit, count, caller));
        }

        /// <summary>The project of a row; one that is not the caller's to write is not there (R20).</summary>
        private async Task<Result<ProjectRow>> Project(string code, Act act)
        {
            var unknown = new Refusal(RefusalKind.NotFound, "project-unknown");
            if (await session.One<string>("SELECT id FROM projects WHERE code = @code", new { code }) is not { } id)
                return unknown;
            var loaded = await LoadProject.ForWrite(session, settle, caller, id, act);
            return loaded.Refusal is { Slug: "unit-barred" } barred ? barred
                : loaded.Refusal is not null ? unknown
                : loaded.Value;
        }

        private async Task<Taken> Capital(ProjectRow project, Cells cells)
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
                    return new Taken(RecordOutcome.Unchanged, known.Length == 0 ? null : known, []);
            }

            var files = await Files(named, project.Id);
            if (files is null)
                cells.Errors.Add(new FieldError("files", "unknown-file"));
            if (cells.Errors.Count > 0)
                return Taken.Refused([.. cells.Errors]);
            var said = new CapitalSaid(on!.Value, amount!.Value, kind!.Value, payer, voucherKind, voucherNo, files!);
            if (
                await EnterCapital.RefusalOf(
                    session,
                    caller,
                    project,
                    said,
                    rules,
                    needsFile: caller.Unit is not null
                ) is
                { } refusal
            )
                return Taken.Refused(refusal);
            var doubts = new List<FieldError>();
            if (await IsUsedTwice(said))
                doubts.Add(new FieldError("voucherNo", "duplicate-voucher"));
            if (said.Files.Count == 0)
                doubts.Add(new FieldError("files", "voucher-file-missing"));
            if (dryRun)
                return new Taken(RecordOutcome.Accepted, null, doubts);
            submitted[project.OwnerName] = submitted.GetValueOrDefault(project.OwnerName) + 1;
            return new Taken(
                RecordOutcome.Accepted,
                await EnterCapital.Store(session, caller, project, said, rules),
                doubts
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

        private async Task<Taken> Notice(ProjectRow project, Cells cells)
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
                return Taken.Refused([.. cells.Errors]);
            var said = new NoticeSaid(on!.Value, parties!, amount!.Value, place, null, leaders);
            if (
                await SigningNoticeRow.OpenOn(session, project.Id) is { } open
                && open.PlannedOn == said.PlannedOn
                && open.Parties == said.Parties
                && Money.FromHundredths(open.Amount, open.Currency) == said.Amount
            )
                return new Taken(RecordOutcome.Unchanged, open.Id, []);
            if (!once.Add(project.Id))
                return Taken.Refused(new FieldError(RecordFields.Code, "repeated"));
            if (FileNotice.RefusalOf(session, caller, project, said.PlannedOn) is { } refusal)
                return Taken.Refused(refusal);
            return new Taken(
                RecordOutcome.Accepted,
                dryRun ? null : await FileNotice.Store(session, caller, project, said, rules),
                []
            );
        }

        private async Task<Taken> Investment(ProjectRow project, Cells cells)
        {
            var amount = cells.Amount(RecordFields.Amount);
            var source = cells.Text("source", 200) ?? Written.Cut(fileName, 200);
            var text = cells.Required("year", 10)?.TrimEnd('年');
            var year = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var known) ? known : 0;
            if (text is not null && (year < RecordInvestment.FirstYear || year > session.Today.Year))
                cells.Errors.Add(
                    year > session.Today.Year
                        ? new FieldError("year", "future")
                        : new FieldError("year", "range", RecordInvestment.FirstYear, session.Today.Year)
                );
            if (cells.Errors.Count > 0)
                return Taken.Refused([.. cells.Errors]);
            if (!once.Add($"{project.Id}/{year}"))
                return Taken.Refused(new FieldError("year", "repeated"));
            var before = await FixedInvestmentRow.Of(session, project.Id, year);
            if (before.Amount == amount && before.Source == source)
                return new Taken(RecordOutcome.Unchanged, project.Id, []);
            if (!dryRun)
                await RecordInvestment.Store(
                    session,
                    caller,
                    project,
                    year,
                    amount!.Value,
                    source,
                    before.Amount,
                    rules.Id
                );
            return new Taken(RecordOutcome.Accepted, project.Id, []);
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

    private const string Insert = """
        INSERT INTO record_imports (id, kind, file_name, jurisdiction_id, created_by, created_by_name, created_at, rows_accepted, rows_unchanged, rows_rejected, rows_doubtful, columns_read, rows_taken)
        VALUES (@id, @kind, @fileName, @unit, @by, @byName, @now, @accepted, @unchanged, @rejected, @doubtful, @columns, @rows)
        """;
}
