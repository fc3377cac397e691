# language: en
# Written from deregistration-general.feature; change that file.
Feature: Deregistration at a market registrar, general and court route, Order Art. 27(1)

  @D-01
  Scenario: Clearance certificate on record
    Given a company applies to deregister, general route
    When the tax check is made
    Then the verdict is "pass"
    And row "D-01" decides
    And the registration may be completed

  @D-02
  Scenario: No document
    Given a company applies to deregister, general route
    And the tax authority answers on clearance document: "no record"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "D-02" decides

  @D-03
  Scenario: A document of another entity, or revoked
    Given a company applies to deregister, general route
    And the tax authority answers on clearance document: "clearance document issued"
    And its entity is "Company A"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "D-03" decides

  @D-14
  Scenario: Never had tax affairs, no waiver stated
    Given a company applies to deregister, general route
    And the tax authority answers on clearance document: "never had tax affairs"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "D-14" decides

  @D-16
  Scenario: The tax authority waives the document
    Given a company applies to deregister, general route
    And the tax authority answers on clearance document: "no clearance document needed"
    When the tax check is made
    Then the verdict is "pass"
    And row "D-16" decides
    And a remark is "the tax authority states that no clearance document is needed"

  @D-17
  Scenario: A ruling that ends the bankruptcy, no document
    Given a company applies to deregister with a court ruling
    And there is a further court ruling
    And the tax authority answers on clearance document: "no record"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "D-17" decides

  @D-17
  Scenario: The same under the direct reading
    Given a company applies to deregister with a court ruling
    And there is a further court ruling
    And the tax authority answers on clearance document: "no record"
    And the reading "deregister directly on a ruling that ends bankruptcy or compulsory liquidation" is on
    When the tax check is made
    Then the verdict is "pass"
    And row "D-17" decides

  @D-18
  Scenario: Merger, branch and others spared other material only
    Given a company applies to deregister, general route
    And the kind of entity is "branch"
    And the tax authority answers on clearance document: "no record"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "D-18" decides

  @D-18
  Scenario: Merger, branch and others spared other material only
    Given a company applies to deregister, general route
    And the kind of entity is "individual business"
    And the tax authority answers on clearance document: "no record"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "D-18" decides

  @D-18
  Scenario: Merger, branch and others spared other material only
    Given a company applies to deregister, general route
    And the kind of entity is "cooperative"
    And the tax authority answers on clearance document: "no record"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "D-18" decides

  @D-26
  Scenario: Ex officio, and other acts
    Given a company applies to deregister, general route
    And the act is "deregistration ex officio"
    When the tax check is made
    Then row "D-26" decides
    And tax was not verified

  @D-26
  Scenario: Ex officio, and other acts
    Given a company applies to deregister, general route
    And the act is "suspension of business"
    When the tax check is made
    Then row "D-26" decides
    And tax was not verified

  @D-27
  Scenario: A clearance certificate suspected forged
    Given a company applies to deregister, general route
    And a paper on clearance document is handed in saying "clearance document issued", suspected by the officer to be forged
    When the tax check is made
    Then the verdict is "block"
    And the effect is "refused"
    And row "D-27" decides
    And a suspicion is to be reported in writing

  @D-28
  Scenario: Accepted on the eve of the Order
    Given a company applies to deregister, general route
    And the day of application is "2024-01-30"
    And the day of acceptance is "2024-01-31"
    And the day of handling is "2024-02-01"
    And the tax authority answers on clearance document: "no record"
    When the tax check is made
    Then row "D-28" decides
    And tax was not verified

  @D-30
  Scenario: The source does not answer
    Given a company applies to deregister, general route
    And the inquiry on clearance document came to nothing: "timed out"
    When the tax check is made
    Then the verdict is "block"
    And the effect is "on hold"
    And row "D-30" decides
    And a retry alone could lift it

  @D-33
  Scenario: A ruling that only opens the procedure, also under the direct reading
    Given a company applies to deregister with a court ruling
    And there is a further court ruling
    And its what it rules is "opens the procedure"
    And the tax authority answers on clearance document: "no record"
    And the reading "deregister directly on a ruling that ends bankruptcy or compulsory liquidation" is on
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "D-33" decides

  @D-03
  Scenario: The certificate was revoked, general and court route
    Given a company applies to deregister with a court ruling
    And there is a further court ruling
    And the tax authority answers on clearance document: "revoked"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "D-03" decides

  @D-27
  Scenario: A ruling suspected forged
    Given a company applies to deregister with a court ruling
    And there is a further court ruling
    And its suspected forged is "yes"
    When the tax check is made
    Then the verdict is "block"
    And the effect is "refused"
    And row "D-27" decides

  @D-30
  Scenario: Court route, the source does not answer, also under the direct reading
    Given a company applies to deregister with a court ruling
    And there is a further court ruling
    And the inquiry on clearance document came to nothing: "timed out"
    And the reading "deregister directly on a ruling that ends bankruptcy or compulsory liquidation" is on
    When the tax check is made
    Then the verdict is "block"
    And the effect is "on hold"
    And row "D-30" decides
