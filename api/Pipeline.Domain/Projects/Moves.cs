using Pipeline.Domain.Rules;

namespace Pipeline.Domain.Projects;

/// <summary>What kind of agreement was signed; only a formal one moves the project.</summary>
public enum AgreementKind
{
    Formal,
    Framework,
}

/// <summary>Why a project was terminated (R5): the plan's fault-tolerance clause needs it.</summary>
public enum ReasonCode
{
    Policy,
    Market,
    ForceMajeure,
    Land,
    Funding,
    InvestorWithdrew,
    WeakIntent,
    Idle,
    Other,

    /// <summary>The import that brought it was undone: it should never have been in the library. Nobody gives it as a reason.</summary>
    ImportUndone,
}

/// <summary>What a move does.</summary>
public enum MoveKind
{
    Forward,
    Back,
    Termination,
    Reactivation,

    /// <summary>A framework agreement: kept on record, moves nothing.</summary>
    Agreement,
}

/// <summary>The proofs of a move, of every stage it passes; all optional in shape, demanded by rule (domain §2.1).</summary>
public sealed record Evidence
{
    public AgreementKind? AgreementKind { get; init; }
    public string? AgreementNo { get; init; }
    public string? Parties { get; init; }
    public Money? AgreedAmount { get; init; }

    /// <summary>The agreement's date where a move skips `signed`; else the move's own date counts.</summary>
    public DateOnly? SignedOn { get; init; }

    public string? Uscc { get; init; }
    public DateOnly? RegisteredOn { get; init; }
    public string? FilingCode { get; init; }
    public DateOnly? FiledOn { get; init; }
    public string? PermitNo { get; init; }
    public DateOnly? PermittedOn { get; init; }
    public string? EquipmentContractNo { get; init; }
    public DateOnly? InstalledOn { get; init; }
    public DateOnly? PhotoOn { get; init; }
    public DateOnly? AcceptedOn { get; init; }
    public DateOnly? FirstInvoiceOn { get; init; }
    public IReadOnlyList<string> Files { get; init; } = [];
}

/// <summary>A move as asked for.</summary>
public sealed record MoveRequest(
    Stage To,
    DateOnly OccurredOn,
    Evidence Evidence,
    ReasonCode? ReasonCode,
    string? Note,
    ActingUnit By
);

/// <summary>A move that may be made: what it is, the stages it reaches with their dates, what it needs.</summary>
public sealed record MovePlan(
    MoveKind Kind,
    Stage From,
    Stage To,
    IReadOnlyList<(Stage Stage, DateOnly On)> Reaches,
    bool NeedsVerification,
    IReadOnlyList<string> Flags
);

/// <summary>Moves through the stages (R1–R5).</summary>
public static class Moves
{
    /// <summary>The flag of a registration dated before the signing (R2).</summary>
    public const string RegisteredBeforeSigned = "registered-before-signed";

    /// <summary>The flag of a move that came with a register (R52).</summary>
    public const string Imported = "imported";

    /// <summary>The flag of a move whose day the register did not say.</summary>
    public const string DateUnknown = "date-unknown";

    /// <summary>Judges a move: `move-pending` (R3), `report-required` (R10a), `illegal-move` (R1, R4, R5), `date-order` (R2), `evidence-missing` (domain §2.1), `forbidden` (R4), `claim-held-by-another` (R19).</summary>
    /// <param name="dates">When the project reached its stages.</param>
    public static Result<MovePlan> Judge(
        ActedOnProject project,
        StageDates dates,
        MoveRequest request,
        DateOnly today,
        RuleSet rules
    )
    {
        if (
            (
                ProjectActs.RefuseSecondMove(project, request.By, request.To)
                ?? ProjectActs.RefuseUnreportedMove(project, request.To)
            ) is
            { } refusal
        )
            return refusal;
        if (request.To == Stage.Terminated)
            return Terminate(project, dates, request, today);
        if (project.Stage == Stage.Terminated)
            return Reactivate(project, request, today, rules);
        if (request.To <= project.Stage)
            return Back(project, request, today);
        var forward = Forward(project, dates, request, today, rules);
        return forward.Refusal is null && ProjectActs.RefuseForward(project, request.By) is { } heldByAnother
            ? heldByAnother
            : forward;
    }

    /// <summary>What the next forward move still lacks when nothing is given: the members its evidence must have.</summary>
    public static IReadOnlyList<(Stage To, string Field)> Missing(Stage stage) =>
        stage is Stage.InProduction or Stage.Terminated
            ? []
            : [.. EvidenceErrors(stage + 1, new Evidence(), "").Select(error => (stage + 1, error.Field))];

    /// <summary>The move by which a unit's register brings a project to the stage that it says (R52): from in talks, for the centre to verify. A day that is not said is that of the stage, or today.</summary>
    public static MovePlan OfRegister(Stage to, StageDates dates, DateOnly today)
    {
        var occurredOn = dates.Of(to) ?? today;
        var flags = new List<string> { Imported };
        if (dates.Of(to) is null)
            flags.Add(DateUnknown);
        if (dates.Registered < dates.Signed)
            flags.Add(RegisteredBeforeSigned);
        return new MovePlan(
            MoveKind.Forward,
            Stage.InTalks,
            to,
            [
                .. Enumerable
                    .Range((int)Stage.Signed, to - Stage.InTalks)
                    .Select(stage => ((Stage)stage, dates.Of((Stage)stage) ?? occurredOn)),
            ],
            NeedsVerification: true,
            flags
        );
    }

    private static Result<MovePlan> Forward(
        ActedOnProject project,
        StageDates dates,
        MoveRequest request,
        DateOnly today,
        RuleSet rules
    )
    {
        if (request.To == Stage.Signed && request.Evidence.AgreementKind == AgreementKind.Framework)
        {
            return request.OccurredOn > today
                ? DateOrder("occurredOn", "future")
                : new MovePlan(MoveKind.Agreement, project.Stage, project.Stage, [], false, []);
        }

        var passed = Enumerable
            .Range((int)project.Stage + 1, request.To - project.Stage)
            .Select(stage => (Stage)stage)
            .ToList();
        var unproven = passed
            .SkipLast(1)
            .SelectMany(stage => EvidenceErrors(stage, request.Evidence, "evidence."))
            .ToList();
        if (unproven.Count > 0)
            return ProjectActs.Illegal(project, request.To, unproven);
        var missing = EvidenceErrors(request.To, request.Evidence, "evidence.").ToList();
        if (missing.Count > 0)
            return new Refusal(RefusalKind.Rule, "evidence-missing", missing);

        var reaches = passed
            .Select(stage => (Stage: stage, On: stage == request.To ? request.OccurredOn : SkippedOn(stage, request)))
            .ToList();
        var flags = new List<string>();
        var errors = FutureDates(request, today).ToList();
        var previous = (project.Stage, On: dates.Of(project.Stage));
        foreach (var reach in reaches)
        {
            if (previous.On is { } before && reach.On < before)
            {
                if (reach.Stage == Stage.Registered)
                    flags.Add(RegisteredBeforeSigned);
                else
                    errors.Add(
                        new FieldError(
                            reach.Stage == request.To ? "occurredOn" : "evidence",
                            "before-previous-stage",
                            before
                        )
                    );
            }

            previous = (reach.Stage, reach.On);
        }

        if (errors.Count > 0)
            return new Refusal(RefusalKind.Rule, "date-order", errors);
        var verified = passed.Count > 1 || flags.Count > 0 || passed.Any(rules.Verification.Contains);
        return new MovePlan(MoveKind.Forward, project.Stage, request.To, reaches, verified, flags);
    }

    private static Result<MovePlan> Back(ActedOnProject project, MoveRequest request, DateOnly today)
    {
        if (ProjectActs.RefuseBack(project, request.By, request.To) is { } refusal)
            return refusal;
        if (string.IsNullOrWhiteSpace(request.Note))
            return new Refusal(RefusalKind.Rule, "evidence-missing", [new FieldError("note", "required")]);
        if (request.OccurredOn > today)
            return DateOrder("occurredOn", "future");
        return new MovePlan(MoveKind.Back, project.Stage, request.To, [], false, []);
    }

    private static Result<MovePlan> Terminate(
        ActedOnProject project,
        StageDates dates,
        MoveRequest request,
        DateOnly today
    )
    {
        if (ProjectActs.RefuseTermination(project) is { } refusal)
            return refusal;
        if (request.ReasonCode is null)
            return new Refusal(RefusalKind.Rule, "evidence-missing", [new FieldError("reasonCode", "required")]);
        if (request.OccurredOn > today)
            return DateOrder("occurredOn", "future");
        if (dates.Of(project.Stage) is { } reached && request.OccurredOn < reached)
            return DateOrder("occurredOn", "before-previous-stage", reached);
        return new MovePlan(
            MoveKind.Termination,
            project.Stage,
            Stage.Terminated,
            [],
            !request.By.ByCentre && project.Stage != Stage.InTalks,
            []
        );
    }

    private static Result<MovePlan> Reactivate(
        ActedOnProject project,
        MoveRequest request,
        DateOnly today,
        RuleSet rules
    )
    {
        if (ProjectActs.RefuseReactivation(project, request.By, request.To, today, rules) is { } refusal)
            return refusal;
        if (request.OccurredOn > today)
            return DateOrder("occurredOn", "future");
        if (project.TerminatedOn is { } ended && request.OccurredOn < ended)
            return DateOrder("occurredOn", "before-previous-stage", ended);
        return new MovePlan(MoveKind.Reactivation, Stage.Terminated, request.To, [], false, []);
    }

    private static IEnumerable<FieldError> EvidenceErrors(Stage stage, Evidence evidence, string prefix)
    {
        FieldError Required(string member) => new(prefix + member, "required");
        static bool Given(string? text) => !string.IsNullOrWhiteSpace(text);
        switch (stage)
        {
            case Stage.Signed:
                if (evidence.AgreementKind != AgreementKind.Formal)
                    yield return evidence.AgreementKind is null
                        ? Required("agreementKind")
                        : new FieldError(prefix + "agreementKind", "formal-agreement-needed");
                if (!Given(evidence.Parties))
                    yield return Required("parties");
                if (evidence.AgreedAmount is null)
                    yield return Required("agreedAmount");
                break;

            case Stage.Registered:
                var licence = Given(evidence.Uscc) || evidence.RegisteredOn is not null;
                var filing = Given(evidence.FilingCode) || evidence.FiledOn is not null;
                if ((licence || !filing) && !Given(evidence.Uscc))
                    yield return Required("uscc");
                if ((licence || !filing) && evidence.RegisteredOn is null)
                    yield return Required("registeredOn");
                if (filing && !Given(evidence.FilingCode))
                    yield return Required("filingCode");
                if (filing && evidence.FiledOn is null)
                    yield return Required("filedOn");
                break;

            case Stage.Started:
                var leased = Given(evidence.EquipmentContractNo) || evidence.InstalledOn is not null;
                var permit = Given(evidence.PermitNo) || evidence.PermittedOn is not null;
                if ((permit || !leased) && !Given(evidence.PermitNo))
                    yield return Required("permitNo");
                if ((permit || !leased) && evidence.PermittedOn is null)
                    yield return Required("permittedOn");
                if (leased && !permit && !Given(evidence.EquipmentContractNo))
                    yield return Required("equipmentContractNo");
                if (leased && !permit && evidence.InstalledOn is null)
                    yield return Required("installedOn");
                if (evidence.Files is not { Count: > 0 })
                    yield return Required("files");
                break;

            case Stage.InProduction:
                if (evidence.AcceptedOn is null && evidence.FirstInvoiceOn is null)
                    yield return Required("acceptedOn");
                break;
        }
    }

    private static DateOnly SkippedOn(Stage stage, MoveRequest request) =>
        stage switch
        {
            Stage.Signed => request.Evidence.SignedOn,
            Stage.Registered => request.Evidence.RegisteredOn ?? request.Evidence.FiledOn,
            Stage.Started => request.Evidence.PermittedOn ?? request.Evidence.InstalledOn,
            _ => null,
        } ?? request.OccurredOn;

    private static IEnumerable<FieldError> FutureDates(MoveRequest request, DateOnly today)
    {
        var evidence = request.Evidence;
        (string Field, DateOnly? On)[] dates =
        [
            ("occurredOn", request.OccurredOn),
            ("evidence.signedOn", evidence.SignedOn),
            ("evidence.registeredOn", evidence.RegisteredOn),
            ("evidence.filedOn", evidence.FiledOn),
            ("evidence.permittedOn", evidence.PermittedOn),
            ("evidence.installedOn", evidence.InstalledOn),
            ("evidence.photoOn", evidence.PhotoOn),
            ("evidence.acceptedOn", evidence.AcceptedOn),
            ("evidence.firstInvoiceOn", evidence.FirstInvoiceOn),
        ];
        return dates.Where(date => date.On > today).Select(date => new FieldError(date.Field, "future"));
    }

    private static Refusal DateOrder(string field, string code, params object[] args) =>
        new(RefusalKind.Rule, "date-order", [new FieldError(field, code, args)]);
}
