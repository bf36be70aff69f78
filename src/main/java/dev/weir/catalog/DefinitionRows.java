package dev.weir.catalog;

import dev.weir.catalog.matching.Filter;
import dev.weir.catalog.matching.MatcherVersion;
import dev.weir.database.Sql;
import dev.weir.event.EventType;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Definitions as rows. Decides nothing. */
@ApplicationScoped
class DefinitionRows {

    private static final String COLUMNS =
            "select id, name, type, filter, category, tags, description, context, criticality,"
                    + " owner_kind, owner, owner_subject, status, personal_to, authors, created_by, created_by_name, created_at, changed_by,"
                    + " changed_by_name, changed_at, verified_by, verified_by_name, verified_at, version from definition";

    private final Sql sql;

    DefinitionRows(Sql sql) {
        this.sql = sql;
    }

    /** Until this transaction ends, nobody else changes a definition. */
    void lock() {
        sql.change("update catalog_head set changes = changes + 1 where id = 1");
    }

    /**
     * What everybody shares.
     *
     * @param changes another number whenever a definition or the version has changed
     * @param matcher the version in force
     */
    record Head(long changes, MatcherVersion matcher) {}

    Head head() {
        return sql.first(
                        "select changes, matcher from catalog_head where id = 1",
                        row -> new Head(
                                row.getLong("changes"),
                                MatcherVersion.of(row.getInt("matcher"))
                                        .orElseThrow(
                                                () -> new IllegalStateException(
                                                        "the catalog asks for a version of the matcher that this Weir does not have"))))
                .orElseThrow();
    }

    /** For who holds the lock. */
    void takeIntoEffect(MatcherVersion version) {
        sql.change("update catalog_head set matcher = ? where id = 1", version.number());
    }

    Optional<Definition> find(String id, String reader) {
        return sql.first(
                COLUMNS + " where id = ? and (personal_to is null or personal_to = ?)",
                DefinitionRows::definition,
                id,
                reader);
    }

    Optional<Long> version(String id) {
        return sql.first("select version from definition where id = ?", row -> row.getLong(1), id);
    }

    Optional<Definition> reserving(String name) {
        return sql.first(COLUMNS + " where reserved_name = ?", DefinitionRows::definition, key(name));
    }

    /** By name, those after {@code after}. */
    List<Definition> list(Query query, String reader, Cursor after, int most) {
        var where = query.where(reader);
        var arguments = new ArrayList<>(where.arguments());
        arguments.addAll(List.of(after.name(), after.name(), after.id(), most));
        return sql.list(
                COLUMNS + where.condition()
                        + " and (sort_name > ? or (sort_name = ? and id > ?)) order by sort_name, id limit ?",
                DefinitionRows::definition,
                arguments.toArray());
    }

    long count() {
        return sql.number("select count(*) from definition");
    }

    long count(Query query, String reader) {
        var where = query.where(reader);
        return sql.number(
                "select count(*) from definition" + where.condition(),
                where.arguments().toArray());
    }

    List<Definition> inUse() {
        return sql.list(
                COLUMNS + " where personal_to is null and status <> 'archived' order by sort_name, id",
                DefinitionRows::definition);
    }

    List<String> owners() {
        return sql.list(
                "select distinct owner from definition where owner is not null and personal_to is null order by owner limit 200",
                row -> row.getString(1));
    }

    List<String> categories() {
        return sql.list(
                "select distinct category from definition where category <> '' and personal_to is null order by category limit 200",
                row -> row.getString(1));
    }

    List<String> tags() {
        var tags = new LinkedHashSet<String>();
        sql.list(
                        "select distinct tags from definition where personal_to is null order by tags limit 2000",
                        row -> row.getString(1))
                .forEach(some -> tags.addAll(Form.words(some)));
        return tags.stream().sorted().limit(200).toList();
    }

    void add(Definition definition) {
        var values = new ArrayList<@Nullable Object>();
        values.add(definition.id());
        values.addAll(contents(definition));
        values.add(definition.created().subject());
        values.add(definition.created().name());
        values.add(definition.created().at());
        values.addAll(changed(definition));
        sql.change(
                "insert into definition (id, name, sort_name, reserved_name, type, filter, category, tags, description, context,"
                        + " criticality, owner_kind, owner, owner_subject, status, personal_to, search_text, authors, created_by, created_by_name,"
                        + " created_at, changed_by, changed_by_name, changed_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                values.toArray());
    }

    /** False where it is not {@code definition.version()} any more. */
    boolean change(Definition definition) {
        var values = new ArrayList<@Nullable Object>(contents(definition));
        values.addAll(changed(definition));
        values.add(definition.verified().map(Hand::subject).orElse(null));
        values.add(definition.verified().map(Hand::name).orElse(null));
        values.add(definition.verified().map(Hand::at).orElse(null));
        values.add(definition.id());
        values.add(definition.version());
        return sql.change(
                        "update definition set name = ?, sort_name = ?, reserved_name = ?, type = ?, filter = ?, category = ?, tags = ?,"
                                + " description = ?, context = ?, criticality = ?, owner_kind = ?, owner = ?, owner_subject = ?, status = ?,"
                                + " personal_to = ?, search_text = ?, authors = ?, changed_by = ?, changed_by_name = ?, changed_at = ?, verified_by = ?,"
                                + " verified_by_name = ?, verified_at = ?, version = version + 1 where id = ? and version = ?",
                        values.toArray())
                == 1;
    }

    /** From {@code name} to {@code authors}, in the order of both statements. */
    private static List<@Nullable Object> contents(Definition definition) {
        var details = definition.details();
        return Arrays.<@Nullable Object>asList(
                details.name(),
                key(details.name()),
                reserved(definition),
                details.type().wire(),
                details.filter().toString(),
                details.category(),
                tags(details),
                details.description(),
                details.context(),
                details.criticality().id(),
                details.owner().map(Owner::kind).orElse(null),
                details.owner().map(Owner::name).orElse(null),
                details.owner()
                        .map(Owner::subject)
                        .filter(subject -> !subject.isEmpty())
                        .orElse(null),
                definition.status().id(),
                definition.personal() ? definition.created().subject() : null,
                searched(details),
                String.join("\n", definition.authors()));
    }

    private static List<@Nullable Object> changed(Definition definition) {
        var changed = definition.changed();
        return Arrays.<@Nullable Object>asList(changed.subject(), changed.name(), changed.at());
    }

    private static @Nullable String reserved(Definition definition) {
        return definition.personal() || definition.status() == Status.ARCHIVED ? null : key(definition.name());
    }

    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static String tags(Details details) {
        return "," + String.join(",", details.tags()) + ",";
    }

    private static String searched(Details details) {
        return String.join(
                        "\n",
                        details.name(),
                        details.category(),
                        String.join(" ", details.tags()),
                        details.ownerName(),
                        details.description(),
                        details.filter().toString())
                .toLowerCase(Locale.ROOT);
    }

    private static Definition definition(ResultSet row) throws SQLException {
        var ownerKind = row.getString("owner_kind");
        var ownerSubject = row.getString("owner_subject");
        var authors = row.getString("authors");
        var verifier = row.getString("verified_by");
        var details = new Details(
                row.getString("name"),
                EventType.of(row.getString("type")).orElseThrow(),
                Filter.parse(row.getString("filter")).match(valid -> valid, refused -> {
                    throw new IllegalStateException("a stored filter is not valid any more");
                }),
                row.getString("category"),
                Form.words(row.getString("tags")),
                row.getString("description"),
                row.getString("context"),
                Criticality.of(row.getString("criticality")).orElseThrow(),
                ownerKind == null
                        ? Optional.empty()
                        : Optional.of(new Owner(
                                ownerKind.equals("team"),
                                row.getString("owner"),
                                ownerSubject == null ? "" : ownerSubject)));
        return new Definition(
                row.getString("id"),
                details,
                Status.of(row.getString("status")).orElseThrow(),
                row.getString("personal_to") != null,
                authors.isEmpty() ? Set.of() : Set.of(authors.split("\n", -1)),
                hand(row, "created"),
                hand(row, "changed"),
                verifier == null ? Optional.empty() : Optional.of(hand(row, "verified")),
                row.getLong("version"));
    }

    private static Hand hand(ResultSet row, String what) throws SQLException {
        return switch (what) {
            case "created" ->
                new Hand(row.getString("created_by"), row.getString("created_by_name"), Sql.instant(row, "created_at"));
            case "changed" ->
                new Hand(row.getString("changed_by"), row.getString("changed_by_name"), Sql.instant(row, "changed_at"));
            default ->
                new Hand(
                        row.getString("verified_by"),
                        row.getString("verified_by_name"),
                        Sql.instant(row, "verified_at"));
        };
    }
}
