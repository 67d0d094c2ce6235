namespace Pipeline.Api.Commands;

/// <summary>What must hold of the libraries and the resources of the city: land, chains, events, needs, leads (R130–R140).</summary>
internal static class ResourceInvariants
{
    private const string EntryTwice =
        "SELECT MIN(e.id) FROM library_entries e WHERE e.uscc_key IS NOT NULL AND e.city_visible = 1 AND e.retired_at IS NULL GROUP BY e.library, e.uscc_key HAVING COUNT(*) > 1";
    private const string EntryRetiredWithoutReason =
        "SELECT e.id FROM library_entries e WHERE (e.retired_at IS NULL AND e.retire_reason IS NOT NULL) OR (e.retired_at IS NOT NULL AND e.retire_reason IS NULL)";
    private const string EntryOfNobody =
        "SELECT e.id FROM library_entries e WHERE e.keeper_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM jurisdictions j WHERE j.id = e.keeper_id)";
    private const string InvestmentOfNoFund =
        "SELECT i.id FROM fund_investments i WHERE NOT EXISTS (SELECT 1 FROM library_entries e WHERE e.id = i.fund_id AND e.library = 'funds')";
    private const string InvestmentDecidedAlone =
        "SELECT i.id FROM fund_investments i WHERE (i.status = 'pending' AND i.decided_at IS NOT NULL) OR (i.status <> 'pending' AND i.decided_at IS NULL) OR (i.status = 'verified' AND i.decided_by = i.submitted_by)";
    private const string ReferrerOfNoProject =
        "SELECT r.project_id FROM referrers r WHERE NOT EXISTS (SELECT 1 FROM projects p WHERE p.id = r.project_id)";
    private const string ReferrerConfirmedAlone =
        "SELECT r.project_id FROM referrers r WHERE r.centre_at IS NOT NULL AND (r.investor_at IS NULL OR r.unit_at IS NULL OR r.centre_by = r.unit_by)";
    private const string ForeignFactOfNobody =
        "SELECT f.enterprise_id FROM foreign_facts f WHERE NOT EXISTS (SELECT 1 FROM library_entries e WHERE e.id = f.enterprise_id AND e.library = 'foreign-enterprises')";
    private const string ForeignVisitOfNobody =
        "SELECT v.id FROM foreign_visits v WHERE NOT EXISTS (SELECT 1 FROM library_entries e WHERE e.id = v.enterprise_id AND e.library = 'foreign-enterprises')";
    private const string ParcelWithoutProject =
        "SELECT l.id FROM parcels l WHERE (l.status IN ('negotiating', 'sold') AND l.project_id IS NULL) OR (l.status NOT IN ('negotiating', 'sold') AND l.project_id IS NOT NULL)";

    // Others see what is negotiated as offered, and what a secret project bought as well.
    private const string ParcelTold =
        "SELECT l.id FROM parcels l WHERE (l.status = 'negotiating' AND l.public_status <> 'offered') OR (l.status NOT IN ('negotiating', 'sold') AND l.public_status <> l.status) OR (l.status = 'sold' AND l.public_status NOT IN ('sold', 'offered'))";
    private const string ParcelOfNoTalks =
        "SELECT l.id FROM parcels l JOIN projects p ON p.id = l.project_id WHERE l.status = 'negotiating' AND (p.stage = 'terminated' OR p.owner_id <> l.jurisdiction_id)";
    private const string NodeOfNoChain =
        "SELECT n.id FROM chain_nodes n WHERE NOT EXISTS (SELECT 1 FROM chains c WHERE c.id = n.chain_id)";
    private const string ProjectOnNoNode =
        "SELECT x.project_id FROM chain_projects x WHERE NOT EXISTS (SELECT 1 FROM chain_nodes n WHERE n.id = x.node_id) OR NOT EXISTS (SELECT 1 FROM projects p WHERE p.id = x.project_id)";
    private const string ReviewForgotten =
        "SELECT r.chain_id FROM chain_reviews r LEFT JOIN chains c ON c.id = r.chain_id WHERE c.id IS NULL OR c.reviewed_on IS NULL OR c.reviewed_on < r.held_on";
    private const string EventEndsBefore = "SELECT e.id FROM events e WHERE e.ends_on < e.starts_on";
    private const string ResultOfNoEvent =
        "SELECT r.id FROM event_results r WHERE NOT EXISTS (SELECT 1 FROM events e WHERE e.id = r.event_id)";
    private const string ResultOfAnother =
        "SELECT r.id FROM event_results r LEFT JOIN projects p ON p.id = r.project_id WHERE r.project_id IS NOT NULL AND (p.id IS NULL OR r.unit_id IS NULL OR r.unit_id <> p.owner_id)";
    private const string ResultAssignedInPart =
        "SELECT r.id FROM event_results r WHERE r.assigned_on IS NOT NULL AND (r.unit_id IS NULL OR r.carrier IS NULL OR r.person_name IS NULL)";
    private const string NeedOfAnother =
        "SELECT n.id FROM financing_needs n LEFT JOIN projects p ON p.id = n.project_id WHERE (n.project_id IS NOT NULL AND (p.id IS NULL OR n.unit_id <> p.owner_id)) OR (n.project_id IS NULL AND n.enterprise IS NULL)";
    private const string MatchOfNothing =
        "SELECT m.id FROM matches m WHERE NOT EXISTS (SELECT 1 FROM financing_needs n WHERE n.id = m.need_id) OR NOT EXISTS (SELECT 1 FROM library_entries e WHERE e.id = m.party_id)";
    private const string MatchMoney =
        "SELECT m.id FROM matches m WHERE (m.state = 'financed' AND (m.amount IS NULL OR m.amount <= 0 OR m.financed_on IS NULL)) OR (m.state <> 'financed' AND (m.amount IS NOT NULL OR m.financed_on IS NOT NULL))";
    private const string MatchLastStep =
        "SELECT m.id FROM matches m WHERE NOT EXISTS (SELECT 1 FROM match_steps s WHERE s.match_id = m.id AND s.to_state = m.state AND s.seq = (SELECT MAX(t.seq) FROM match_steps t WHERE t.match_id = m.id))";
    private const string MatchTwice =
        "SELECT m.need_id FROM matches m WHERE m.state <> 'financed' AND m.state <> 'dropped' GROUP BY m.need_id, m.party_id HAVING COUNT(*) > 1";
    private const string LeadDue =
        "SELECT l.id FROM office_leads l WHERE (l.status IN ('submitted', 'answered', 'valid', 'assigned') AND l.due_on IS NULL) OR (l.status IN ('invalid', 'declined', 'project', 'ended') AND l.due_on IS NOT NULL)";
    private const string LeadWithoutUnit =
        "SELECT l.id FROM office_leads l WHERE (l.status IN ('assigned', 'project', 'ended') AND l.unit_id IS NULL) OR (l.status IN ('submitted', 'answered', 'valid', 'invalid', 'declined') AND l.unit_id IS NOT NULL)";
    private const string LeadProject =
        "SELECT l.id FROM office_leads l LEFT JOIN projects p ON p.id = l.project_id WHERE (l.status = 'project' AND p.id IS NULL) OR (l.status <> 'project' AND l.project_id IS NOT NULL)";
    private const string LeadLastStep =
        "SELECT l.id FROM office_leads l WHERE l.status <> 'submitted' AND NOT EXISTS (SELECT 1 FROM office_lead_steps s WHERE s.lead_id = l.id AND s.to_status = l.status AND s.seq = (SELECT MAX(t.seq) FROM office_lead_steps t WHERE t.lead_id = l.id))";
    private const string LeadOfNoOffice =
        "SELECT l.id FROM office_leads l WHERE NOT EXISTS (SELECT 1 FROM jurisdictions j WHERE j.id = l.office_id AND j.kind = 'office')";

    /// <summary>What each statement finds, and the ids that it finds.</summary>
    public static readonly (string What, string Sql)[] Checks =
    [
        ("entry of a library that the city knows twice", EntryTwice),
        ("entry of a library whose retirement and reason disagree", EntryRetiredWithoutReason),
        ("entry of a library that nobody keeps", EntryOfNobody),
        ("investment of no fund", InvestmentOfNoFund),
        ("investment of a fund whose state and decision disagree", InvestmentDecidedAlone),
        ("referrer of no project", ReferrerOfNoProject),
        ("referrer whom the centre confirmed before investor and unit", ReferrerConfirmedAlone),
        ("fact of no foreign enterprise", ForeignFactOfNobody),
        ("visit to no foreign enterprise", ForeignVisitOfNobody),
        ("parcel whose state and project disagree", ParcelWithoutProject),
        ("parcel that is told otherwise than it may be", ParcelTold),
        ("parcel that is negotiated for a project that has ended or is another's", ParcelOfNoTalks),
        ("node of no chain", NodeOfNoChain),
        ("project on no node", ProjectOnNoNode),
        ("review that its chain does not know", ReviewForgotten),
        ("event that ends before it starts", EventEndsBefore),
        ("result of no event", ResultOfNoEvent),
        ("result of a project that its owner does not have", ResultOfAnother),
        ("result that is assigned in part", ResultAssignedInPart),
        ("need of a project that its owner does not have, or of nobody", NeedOfAnother),
        ("match of no need or with nobody", MatchOfNothing),
        ("match whose state and money disagree", MatchMoney),
        ("match whose last step led elsewhere", MatchLastStep),
        ("two open matches of a need with one party", MatchTwice),
        ("lead of an office whose state and last day disagree", LeadDue),
        ("lead of an office whose state and unit disagree", LeadWithoutUnit),
        ("lead of an office whose state and project disagree", LeadProject),
        ("lead of an office whose last step led elsewhere", LeadLastStep),
        ("lead of no office", LeadOfNoOffice),
    ];
}
