# language: en
# Written from deregistration-simplified.feature; change that file.
Feature: Simplified deregistration, Order Art. 27(1)

  @D-04
  Scenario: First day after the publicity, no objection
    Given a company applies to deregister, simplified route
    And the day of application is "2026-11-22"
    And the day of handling is "2026-11-22"
    When the tax check is made
    Then the verdict is "pass"
    And row "D-04" decides
    And the registration may be completed

  @D-05
  Scenario: An objection on the last day of the publicity
    Given a company applies to deregister, simplified route
    And the tax authority answers on tax objection to the deregistration: "objected"
    And its day of the objection is "2026-11-21"
    When the tax check is made
    Then the verdict is "block"
    And the effect is "refused"
    And row "D-05" decides

  @D-06
  Scenario: Last day of the publicity
    Given a company applies to deregister, simplified route
    And the day of application is "2026-11-21"
    And the day of handling is "2026-11-21"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "D-06" decides
    And a non-tax obstacle is "publicity period still running"

  @D-06
  Scenario: Not published
    Given a company applies to deregister, simplified route
    And there is no publicity
    When the tax check is made
    Then row "D-06" applies
    And a non-tax obstacle is "not yet published"

  @D-07
  Scenario: The last day of the window and the day after
    Given a company applies to deregister, simplified route
    And the day of application is "2026-12-11"
    And the day of handling is "2026-12-11"
    When the tax check is made
    Then the effect is "may proceed"
    And row "D-04" decides

  @D-07
  Scenario: The last day of the window and the day after
    Given a company applies to deregister, simplified route
    And the day of application is "2026-12-12"
    And the day of handling is "2026-12-12"
    When the tax check is made
    Then the effect is "on hold"
    And row "D-07" decides

  @D-08
  Scenario: The period is over and nobody answers on objections
    Given a company applies to deregister, simplified route
    And the inquiry on tax objection to the deregistration came to nothing: "timed out"
    When the tax check is made
    Then the verdict is "block"
    And the effect is "on hold"
    And row "D-08" decides
    And a retry alone could lift it

  @D-08
  Scenario: The push was never sent
    Given a company applies to deregister, simplified route
    And there is no push
    When the tax check is made
    Then the effect is "on hold"
    And row "D-08" decides

  @D-09
  Scenario: The objection was withdrawn
    Given a company applies to deregister, simplified route
    And the tax authority answers on tax objection to the deregistration: "objected"
    And its voucher number is "Y-1"
    And its day of the objection is "2026-11-10"
    And the tax authority also answers on tax objection to the deregistration: "objection withdrawn"
    And its number it cancels is "Y-1"
    And its day of issue is "2026-11-20"
    When the tax check is made
    Then the verdict is "pass"
    And row "D-09" decides
    And a remark is "the registrar decides whether to publish again"

  @D-10
  Scenario: A creditor objects
    Given a company applies to deregister, simplified route
    And the others who object is "a creditor"
    When the tax check is made
    Then the verdict is "pass"
    And row "D-10" applies
    And a non-tax obstacle is "another objection stands"
    And the registration may not be completed

  @D-11
  Scenario: The simplified route is closed
    Given a company applies to deregister, simplified route
    And the bars of the simplified route is "on the abnormal list"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "D-11" decides

  @D-11
  Scenario: The simplified route is closed
    Given a company applies to deregister, simplified route
    And the bars of the simplified route is "equity pledged"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "D-11" decides

  @D-11
  Scenario: The simplified route is closed
    Given a company applies to deregister, simplified route
    And the bars of the simplified route is "pending case"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "D-11" decides

  @D-12 @D-13
  Scenario: Individual business, ten days after the push
    Given an individual business applies to deregister, simplified route
    And there is no publicity
    And the day of application is "2026-11-11"
    And the day of handling is "2026-11-11"
    When the tax check is made
    Then the effect is "on hold"
    And row "D-13" decides

  @D-12 @D-13
  Scenario: Individual business, ten days after the push
    Given an individual business applies to deregister, simplified route
    And there is no publicity
    And the day of application is "2026-11-12"
    And the day of handling is "2026-11-12"
    When the tax check is made
    Then the effect is "may proceed"
    And row "D-12" decides

  @D-15
  Scenario: Never had tax affairs, publicity over
    Given a company applies to deregister, simplified route
    And the tax authority answers on clearance document: "never had tax affairs"
    When the tax check is made
    Then the verdict is "pass"
    And row "D-15" decides

  @D-19
  Scenario: With a certificate, but applied late
    Given a company applies to deregister, simplified route
    And the day of application is "2026-12-12"
    And the day of handling is "2026-12-12"
    And the tax authority answers on clearance document: "clearance document issued"
    When the tax check is made
    Then the verdict is "pass"
    And row "D-19" applies
    And a non-tax obstacle is "applied for after the window closed"
    And the registration may not be completed

  @D-29
  Scenario: With a certificate, yet a standing objection
    Given a company applies to deregister, simplified route
    And the tax authority answers on clearance document: "clearance document issued"
    And the tax authority answers on tax objection to the deregistration: "objected"
    And its day of the objection is "2026-11-10"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "D-29" decides

  @D-31
  Scenario: An objection on the day after the publicity
    Given a company applies to deregister, simplified route
    And the tax authority answers on tax objection to the deregistration: "objected"
    And its day of the objection is "2026-11-22"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "D-31" decides

  @D-32
  Scenario: The certificate was revoked, nobody objects
    Given a company applies to deregister, simplified route
    And the tax authority answers on clearance document: "revoked"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "D-32" decides

  Scenario: The route is not stated: an error of input, no verdict
    Given a company applies to deregister, simplified route
    And the route is "none"
    When the tax check is made
    Then the application is returned, faulty at "$.application.route"

  @D-08
  Scenario: The publicity record cannot be read
    Given a company applies to deregister, simplified route
    And the publicity record readable is "no"
    When the tax check is made
    Then the effect is "on hold"
    And row "D-08" decides

  @D-19
  Scenario: With a certificate, what stands in the way is no matter of tax
    Given a company applies to deregister, simplified route
    And the day of application is "2026-11-21"
    And the day of handling is "2026-11-21"
    And the tax authority answers on clearance document: "clearance document issued"
    When the tax check is made
    Then the verdict is "pass"
    And row "D-19" applies
    And a non-tax obstacle is "publicity period still running"

  @D-19
  Scenario: With a certificate, on the abnormal list
    Given a company applies to deregister, simplified route
    And the bars of the simplified route is "on the abnormal list"
    And the tax authority answers on clearance document: "clearance document issued"
    When the tax check is made
    Then the verdict is "pass"
    And row "D-19" applies
    And a non-tax obstacle is "simplified route not open"
