package dev.credmill.registry.definition;

import dev.credmill.contracts.problem.Problem.Fault;
import dev.credmill.contracts.registry.CredentialDefinition;
import dev.credmill.registry.schema.CredentialSchema;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether credentials of a definition can be Open Badges 3.0, as it was entered. */
final class OpenBadgeCheck {
  private static final Pattern OWN_TYPE = Pattern.compile("ext:[A-Za-z0-9._-]{1,90}");

  /** AchievementType of the standard's data model. */
  private static final Set<String> ACHIEVEMENT_TYPES =
      Set.of(
          "Achievement",
          "ApprenticeshipCertificate",
          "Assessment",
          "Assignment",
          "AssociateDegree",
          "Award",
          "Badge",
          "BachelorDegree",
          "Certificate",
          "CertificateOfCompletion",
          "Certification",
          "CommunityService",
          "Competency",
          "Course",
          "CoCurricular",
          "Degree",
          "Diploma",
          "DoctoralDegree",
          "Fieldwork",
          "GeneralEducationDevelopment",
          "JourneymanCertificate",
          "LearningProgram",
          "License",
          "Membership",
          "ProfessionalDoctorate",
          "QualityAssuranceCredential",
          "MasterCertificate",
          "MasterDegree",
          "MicroCredential",
          "ResearchDoctorate",
          "SecondarySchoolDiploma");

  /** What the standard's context means something else by, wherever a claim could stand. */
  private static final Set<String> TERMS =
      Set.of(
          "OpenBadgeCredential",
          "Achievement",
          "AchievementCredential",
          "AchievementSubject",
          "Address",
          "Alignment",
          "Criteria",
          "EndorsementCredential",
          "EndorsementSubject",
          "Evidence",
          "GeoCoordinates",
          "IdentifierEntry",
          "IdentityObject",
          "Image",
          "Profile",
          "Related",
          "Result",
          "ResultDescription",
          "RubricCriterionLevel",
          "achievement",
          "activityEndDate",
          "activityStartDate",
          "alignment",
          "awardedDate",
          "creditsEarned",
          "endorsement",
          "endorsementJwt",
          "identifier",
          "image",
          "inLanguage",
          "licenseNumber",
          "narrative",
          "result",
          "role",
          "source",
          "term",
          "url");

  private OpenBadgeCheck() {}

  static void check(
      NewCredentialDefinition entered,
      Optional<CredentialSchema> schema,
      Optional<CredentialType> type,
      List<Fault> faults) {
    NewCredentialDefinition.NewOpenBadge badge = entered.openBadge();
    if (badge == null) {
      return;
    }
    if (entered.description() == null || entered.description().isBlank()) {
      faults.add(
          new Fault(
              "description", "missing", "is needed: an Open Badge describes its achievement"));
    }
    if (badge.achievementType() != null
        && !ACHIEVEMENT_TYPES.contains(badge.achievementType())
        && !OWN_TYPE.matcher(badge.achievementType()).matches()) {
      faults.add(
          new Fault(
              "openBadge.achievementType",
              "unknown",
              "must be a type of Open Badges 3.0 such as Badge, Course or Certificate, or begin with ext:"));
    }
    if (badge.image() != null && !isWebAddress(badge.image())) {
      faults.add(
          new Fault(
              "openBadge.image", "url", "must be an absolute https:// address of a PNG or SVG"));
    }
    if (type.isPresent() && TERMS.contains(type.get().value())) {
      faults.add(
          new Fault("type", "reserved", "is a term of Open Badges 3.0; name your own differently"));
    }
    schema.ifPresent(found -> claims(found, faults));
  }

  private static void claims(CredentialSchema schema, List<Fault> faults) {
    schema.claims().claims().stream()
        .filter(claim -> TERMS.contains(claim.getKey()))
        .forEach(
            claim ->
                faults.add(
                    new Fault(
                        "schemaId",
                        "reserved",
                        "has the claim %s, which is a term of Open Badges 3.0; name it differently"
                            .formatted(claim.getKey()))));
    if (!schema.claims().requires(CredentialDefinition.FULL_NAME)) {
      faults.add(
          new Fault(
              "schemaId",
              "recipient",
              "must have the required claim fullName: an Open Badge says whose it is"));
    }
    if (!schema.claims().json().path("additionalProperties").asBoolean(true)) {
      faults.add(
          new Fault(
              "schemaId",
              "closed",
              "must not have additionalProperties false: the subject of an Open Badge also has its achievement"));
    }
  }

  private static boolean isWebAddress(String text) {
    try {
      URI uri = new URI(text);
      return "https".equals(uri.getScheme()) && uri.getHost() != null && uri.getUserInfo() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
