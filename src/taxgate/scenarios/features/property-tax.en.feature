# language: en
# Written from property-tax.feature; change that file.
Feature: Taxes at the registration of title to real estate, Order Art. 25(1)

  @R-01
  Scenario: Registrations that are not of title
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the act is "mortgage"
    When the tax check is made
    Then the verdict is "pass"
    And row "R-01" decides
    And tax was not verified

  @R-01
  Scenario: Registrations that are not of title
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the act is "advance notice"
    When the tax check is made
    Then the verdict is "pass"
    And row "R-01" decides
    And tax was not verified

  @R-01
  Scenario: Registrations that are not of title
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the act is "correction"
    When the tax check is made
    Then the verdict is "pass"
    And row "R-01" decides
    And tax was not verified

  @R-01
  Scenario: Registrations that are not of title
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the act is "change of address"
    When the tax check is made
    Then the verdict is "pass"
    And row "R-01" decides
    And tax was not verified

  @R-02
  Scenario: Sale with all taxes paid
    Given Person A has sold a home to Person B, and its transfer is applied for
    When the tax check is made
    Then the verdict is "pass"
    And row "R-02" decides
    And the registration may be completed

  @R-03
  Scenario: Deed tax unpaid
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the tax authority answers on deed tax: "unpaid"
    When the tax check is made
    Then the verdict is "block"
    And the effect is "refused"
    And row "R-03" decides
    And Person B is to be told

  @R-04
  Scenario: Division between spouses without an exemption record
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the act is "division between spouses"
    And the transferee's tie is "spouse"
    And the tie proven from the file is "yes"
    And the tax authority answers on deed tax: "no record"
    When the tax check is made
    Then the verdict is "block"
    And the effect is "refused"
    And row "R-04" decides

  @R-04
  Scenario: The same under the milder reading
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the act is "division between spouses"
    And the transferee's tie is "spouse"
    And the tie proven from the file is "yes"
    And the tax authority answers on deed tax: "no record"
    And the reading "hold instead of refuse where a spouse's or heir's deed-tax exemption is not on record" is on
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "R-04" decides

  @R-05
  Scenario: Exchange with a return of zero
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the act is "transfer by exchange"
    And the tax authority answers on deed tax: "filed with nothing payable"
    When the tax check is made
    Then the verdict is "pass"
    And row "R-05" applies

  @R-06
  Scenario: No record of the seller's income tax
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the tax authority answers on individual income tax: "no record"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "R-06" decides
    And Person A is to be told

  @R-06
  Scenario: The same under the strict reading
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the tax authority answers on individual income tax: "no record"
    And the reading "refuse real-estate transfers without individual income tax" is on
    When the tax check is made
    Then the verdict is "block"
    And the effect is "refused"
    And row "R-06" decides

  @R-07
  Scenario: Income tax exempt, not taxable or zero by the tax authority's record
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the tax authority answers on individual income tax: "exempt"
    When the tax check is made
    Then the verdict is "pass"
    And row "R-07" applies

  @R-07
  Scenario: Income tax exempt, not taxable or zero by the tax authority's record
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the tax authority answers on individual income tax: "not taxable"
    When the tax check is made
    Then the verdict is "pass"
    And row "R-07" applies

  @R-07
  Scenario: Income tax exempt, not taxable or zero by the tax authority's record
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the tax authority answers on individual income tax: "filed with nothing payable"
    When the tax check is made
    Then the verdict is "pass"
    And row "R-07" applies

  @R-08
  Scenario: Land appreciation tax unpaid
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the right is "other building"
    And the tax authority answers on land appreciation tax: "unpaid"
    When the tax check is made
    Then the verdict is "block"
    And the effect is "refused"
    And row "R-08" decides

  @R-09
  Scenario: No record of land appreciation tax
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the right is "other building"
    And the tax authority answers on land appreciation tax: "no record"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "R-09" decides

  @R-10
  Scenario: VAT is not asked for
    Given Person A has sold a home to Person B, and its transfer is applied for
    When the tax check is made
    Then the verdict is "pass"
    And row "R-10" says nothing
    And there is no non-tax obstacle

  @R-11
  Scenario: VAT reported unpaid without being asked for
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the tax authority answers on VAT and other taxes: "unpaid"
    And its taxpayer is "Person A"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "may proceed"
    And row "R-11" decides

  @R-12
  Scenario: A voucher nobody verified against a source without a record
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the tax authority answers on deed tax: "no record"
    And a paper on deed tax is handed in saying "paid", not verified
    And its taxpayer is "Person B"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "R-12" decides

  @R-13
  Scenario: The source of deed tax does not answer
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the inquiry on deed tax came to nothing: "connection failed"
    When the tax check is made
    Then the verdict is "block"
    And the effect is "on hold"
    And row "R-13" decides
    And a retry alone could lift it

  @R-14
  Scenario: Statutory heir with an exemption record
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the act is "transfer by inheritance or legacy"
    And the transferee's tie is "statutory heir"
    And the tie proven from the file is "yes"
    And the tax authority answers on deed tax: "exempt"
    When the tax check is made
    Then the verdict is "pass"
    And row "R-14" applies

  @R-15
  Scenario: Legacy to a non-heir, deed tax unpaid
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the act is "transfer by inheritance or legacy"
    And the transferee's tie is "legatee"
    And the tie proven from the file is "yes"
    And the tax authority answers on deed tax: "unpaid"
    When the tax check is made
    Then the verdict is "block"
    And the effect is "refused"
    And row "R-15" decides

  @R-16
  Scenario: Court transfer, taxes of either side missing
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the act is "transfer by court or arbitral instrument"
    And the tax authority answers on deed tax: "unpaid"
    When the tax check is made
    Then the effect is "refused"
    And row "R-16" decides

  @R-16
  Scenario: Court transfer, taxes of either side missing
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the act is "transfer by court or arbitral instrument"
    And the tax authority answers on individual income tax: "unpaid"
    When the tax check is made
    Then the effect is "on hold"
    And row "R-16" decides

  @R-17
  Scenario: First registration of a building
    Given Person B applies for a first registration of title
    And the right is "housing"
    When the tax check is made
    Then the verdict is "pass"
    And row "R-17" applies
    And a remark is "deed tax on acquiring the land is not known"

  @R-18
  Scenario: First registration of granted land without deed tax
    Given Person B applies for a first registration of title
    And the tax authority answers on deed tax: "unpaid"
    When the tax check is made
    Then the verdict is "block"
    And the effect is "refused"
    And row "R-18" decides

  @R-19
  Scenario: The developer is in arrears, on the list or not
    Given Company A has sold a home of its own project to Person B, and its transfer is applied for
    And the on the list of legacy problems is "yes"
    And the tax authority answers on land appreciation tax: "unpaid"
    When the tax check is made
    Then the effect is "may proceed"
    And row "R-19" applies

  @R-19
  Scenario: The developer is in arrears, on the list or not
    Given Company A has sold a home of its own project to Person B, and its transfer is applied for
    And the on the list of legacy problems is "no"
    And the tax authority answers on land appreciation tax: "unpaid"
    When the tax check is made
    Then the effect is "on hold"
    And row "R-19" applies

  @R-20
  Scenario: Two buyers, one without evidence
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the share acquired is "1/2"
    And there is a further transferee
    And its share is "1/2"
    And the tax authority answers on deed tax of Person C: "unpaid"
    When the tax check is made
    Then the verdict is "block"
    And row "R-03" decides
    And Person C is to be told

  @R-21
  Scenario: The record states another price
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the tax authority answers on deed tax: "paid"
    And its price is "870000 yuan"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "R-21" decides

  @R-22
  Scenario: Refunded deed tax used again
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the tax authority answers on deed tax: "paid"
    And its voucher number is "V-7"
    And the tax authority also answers on deed tax: "refunded"
    And its number it cancels is "V-7"
    When the tax check is made
    Then the verdict is "block"
    And the effect is "refused"
    And row "R-22" decides

  @R-23
  Scenario: A deed-tax voucher suspected forged
    Given Person A has sold a home to Person B, and its transfer is applied for
    And a paper on deed tax is handed in saying "paid", suspected by the officer to be forged
    When the tax check is made
    Then the verdict is "block"
    And the effect is "refused"
    And row "R-23" decides
    And a suspicion is to be reported in writing

  @R-24
  Scenario: The eve of the Order and its first day
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the day of handling is "2024-01-31"
    And the tax authority answers on deed tax: "unpaid"
    When the tax check is made
    Then the effect is "may proceed"
    And row "R-24" decides

  @R-24
  Scenario: The eve of the Order and its first day
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the day of handling is "2024-02-01"
    And the tax authority answers on deed tax: "unpaid"
    When the tax check is made
    Then the effect is "refused"
    And row "R-03" decides

  @R-25
  Scenario: A return of zero for a sale
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the tax authority answers on deed tax: "filed with nothing payable"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "R-25" decides

  @R-26
  Scenario: A developer without a record for this unit
    Given Company A has sold a home of its own project to Person B, and its transfer is applied for
    And the tax authority answers on land appreciation tax: "no record"
    When the tax check is made
    Then the verdict is "pass"
    And row "R-26" applies
    And the registration may be completed

  @R-27
  Scenario: Gift to a close relative, proven or not
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the act is "transfer by gift"
    And the transferee's tie is "close relative"
    And the tie proven from the file is "yes"
    And the tax authority answers on individual income tax: "no record"
    When the tax check is made
    Then the effect is "may proceed"
    And row "R-27" applies

  @R-27
  Scenario: Gift to a close relative, proven or not
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the act is "transfer by gift"
    And the transferee's tie is "close relative"
    And the tie proven from the file is "no"
    And the tax authority answers on individual income tax: "no record"
    When the tax check is made
    Then the effect is "on hold"
    And row "R-27" applies

  @R-28
  Scenario: Gift to a non-relative, no record of the donee's income tax
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the act is "transfer by gift"
    And the tax authority answers on individual income tax: "no record"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "R-28" decides
    And Person B is to be told

  @R-29
  Scenario: Deed tax deferred
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the tax authority answers on deed tax: "deferred or in instalments"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "R-29" decides

  @R-30
  Scenario: First registration of a homestead, class proven or not
    Given Person B applies for a first registration of title
    And the right is "homestead"
    And the file proves it outside deed tax is "yes"
    And the tax authority answers on deed tax: "no record"
    When the tax check is made
    Then the effect is "may proceed"
    And row "R-30" applies

  @R-30
  Scenario: First registration of a homestead, class proven or not
    Given Person B applies for a first registration of title
    And the right is "homestead"
    And the file proves it outside deed tax is "no"
    And the tax authority answers on deed tax: "no record"
    When the tax check is made
    Then the effect is "on hold"
    And row "R-30" applies

  @R-31
  Scenario: A completion flag that names the buyer only
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the tax authority answers on deed tax: "paid"
    And its form of the record is "completion flag"
    And its taxpayer is "none"
    And its covers is "Person B: deed tax"
    And the tax authority answers on individual income tax: "no record"
    When the tax check is made
    Then the effect is "on hold"
    And row "R-06" decides
    And the evidence on deed tax is "paid"

  @R-32
  Scenario: An exempt use ends, deed tax not made up
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the act is "end of an exempt use"
    And the tax authority answers on deed tax: "no record"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "R-32" decides

  @R-13
  Scenario: Two buyers, the inquiry on one of them came to nothing
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the share acquired is "1/2"
    And there is a further transferee
    And its share is "1/2"
    And the inquiry on deed tax of Person C came to nothing: "signature rejected"
    When the tax check is made
    Then the verdict is "block"
    And the effect is "on hold"
    And row "R-13" decides
    And tax was not verified

  @R-12 @R-13 @R-23 @R-29
  Scenario: Land appreciation tax: deferred, never issued
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the right is "other building"
    And the tax authority answers on land appreciation tax: "paid"
    When the tax check is made
    Then the effect is "may proceed"
    And row "R-02" applies

  @R-12 @R-13 @R-23 @R-29
  Scenario: Land appreciation tax: deferred, never issued
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the right is "other building"
    And the tax authority answers on land appreciation tax: "not taxable"
    When the tax check is made
    Then the effect is "may proceed"
    And row "R-02" applies

  @R-12 @R-13 @R-23 @R-29
  Scenario: Land appreciation tax: deferred, never issued
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the right is "other building"
    And the tax authority answers on land appreciation tax: "deferred or in instalments"
    When the tax check is made
    Then the effect is "on hold"
    And row "R-29" applies

  @R-12 @R-13 @R-23 @R-29
  Scenario: Land appreciation tax: deferred, never issued
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the right is "other building"
    And the tax authority answers on land appreciation tax: "never issued by the tax authority"
    When the tax check is made
    Then the effect is "refused"
    And row "R-23" applies

  @R-12 @R-13 @R-23 @R-29
  Scenario: Land appreciation tax: deferred, never issued
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the right is "other building"
    And the tax authority answers on land appreciation tax: "voided"
    When the tax check is made
    Then the effect is "refused"
    And row "R-08" applies

  @R-13
  Scenario: The inquiry on a required tax came to nothing
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the right is "other building"
    And the inquiry on individual income tax came to nothing: "timed out"
    When the tax check is made
    Then the verdict is "block"
    And the effect is "on hold"
    And row "R-13" decides

  @R-13
  Scenario: The inquiry on a required tax came to nothing
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the right is "other building"
    And the inquiry on land appreciation tax came to nothing: "signature rejected"
    When the tax check is made
    Then the verdict is "block"
    And the effect is "on hold"
    And row "R-13" decides

  @R-12 @R-23 @R-29
  Scenario: Income tax of the seller: deferred, never issued
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the tax authority answers on individual income tax: "deferred or in instalments"
    When the tax check is made
    Then the effect is "on hold"
    And row "R-29" decides

  @R-12 @R-23 @R-29
  Scenario: Income tax of the seller: deferred, never issued
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the tax authority answers on individual income tax: "never issued by the tax authority"
    When the tax check is made
    Then the effect is "refused"
    And row "R-23" decides

  @R-12
  Scenario: Vouchers of the seller's taxes nobody verified
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the right is "other building"
    And the tax authority answers on individual income tax: "no record"
    And a paper on individual income tax is handed in saying "paid", not verified
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "R-12" decides

  @R-12
  Scenario: Vouchers of the seller's taxes nobody verified
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the right is "other building"
    And the tax authority answers on land appreciation tax: "no record"
    And a paper on land appreciation tax is handed in saying "paid", not verified
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "R-12" decides

  @R-29
  Scenario: Contribution in kind, instalment plan on file or not
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the act is "transfer as a contribution"
    And the transferee is "Company A"
    And the tax authority answers on individual income tax: "deferred or in instalments"
    And its instalment plan filed is "yes"
    When the tax check is made
    Then the effect is "may proceed"
    And row "R-29" applies

  @R-29
  Scenario: Contribution in kind, instalment plan on file or not
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the act is "transfer as a contribution"
    And the transferee is "Company A"
    And the tax authority answers on individual income tax: "deferred or in instalments"
    And its instalment plan filed is "no"
    When the tax check is made
    Then the effect is "on hold"
    And row "R-29" applies

  @R-16
  Scenario: Sales by court and tax authority, each tax
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the act is "transfer by court or arbitral instrument"
    And the right is "other building"
    And the tax authority answers on land appreciation tax: "unpaid"
    When the tax check is made
    Then the effect is "on hold"
    And row "R-16" decides

  @R-16
  Scenario: Sales by court and tax authority, each tax
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the act is "transfer by court or arbitral instrument"
    And the right is "housing"
    And the tax authority answers on deed tax: "no record"
    When the tax check is made
    Then the effect is "refused"
    And row "R-16" decides

  @R-16
  Scenario: Sales by court and tax authority, each tax
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the act is "transfer by the tax authority's sale"
    And the right is "housing"
    And the tax authority answers on deed tax: "unpaid"
    When the tax check is made
    Then the effect is "refused"
    And row "R-16" decides

  @R-16
  Scenario: Sales by court and tax authority, each tax
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the act is "transfer by the tax authority's sale"
    And the right is "housing"
    And the tax authority answers on deed tax: "no record"
    When the tax check is made
    Then the effect is "refused"
    And row "R-16" decides

  @R-16
  Scenario: Sales by court and tax authority, each tax
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the act is "transfer by the tax authority's sale"
    And the right is "housing"
    And the tax authority answers on individual income tax: "no record"
    When the tax check is made
    Then the effect is "on hold"
    And row "R-16" decides

  @R-16
  Scenario: Sales by court and tax authority, each tax
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the act is "transfer by the tax authority's sale"
    And the right is "other building"
    And the tax authority answers on land appreciation tax: "no record"
    When the tax check is made
    Then the effect is "on hold"
    And row "R-16" decides

  @R-04
  Scenario: Exemption claimed on another ground, no record
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the exemption claimed is "other"
    And the tax authority answers on deed tax: "no record"
    And the reading "hold instead of refuse where a spouse's or heir's deed-tax exemption is not on record" is on
    When the tax check is made
    Then the verdict is "block"
    And the effect is "refused"
    And row "R-04" decides

  @R-24
  Scenario: Registrar outside Shanxi
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the registrar's place is "another province"
    When the tax check is made
    Then row "R-24" decides
    And tax was not verified

  @R-20
  Scenario: Two buyers, the voucher of one of them verified at the tax counter
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the share acquired is "1/2"
    And there is a further transferee
    And its share is "1/2"
    And the inquiry on deed tax of Person C came to nothing: "timed out"
    And a paper on deed tax of Person C is handed in saying "paid", verified over: the tax counter
    When the tax check is made
    Then the verdict is "pass"
    And row "R-02" applies
    And the registration may be completed
